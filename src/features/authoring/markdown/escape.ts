/** Letters that may begin something wherever they stand. */
const everywhere = /[\\`*_~[\]<>$|!{}]|&(?=[#\p{Letter}])/gu;

/** Words that a bare address begins with. */
const addresses = /(https?|ftp|mailto):|\/(?=\/)/gi;

/** Signs that begin a block at the start of a line; a number is a list only with what stands behind it. */
const blockStart = /^([#+=:-]|\d{1,9}(?=[.)]))/;

/** Words, written so that nothing in them is read as Markdown. */
export function escaped(text: string, isLineStart: boolean, mayEndLine = false): string {
  const words = text.replace(addresses, (match) => (match === '/' ? '\u0001' : `${match.slice(0, -1)}\u0000`));
  const safe = words.replace(everywhere, (letter) => (letter === '&' ? '&amp;' : `\\${letter}`)).replaceAll('\u0000', '\\:').replaceAll('\u0001', '\\/');
  // A heading may end with signs that are no part of it.
  const ended = mayEndLine ? safe.replace(/#$/, '\\#') : safe;
  if (!isLineStart) return ended;
  return ended.replace(blockStart, (start) => (/^\d/.test(start) ? start : `\\${start}`)).replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** An address between the brackets of a link. */
export function escapedAddress(address: string): string {
  return /^[\w/#?&=%.,:;@+~!$'*-]+$/.test(address) && !/[\\&]/.test(address)
    ? address
    : `<${address.replace(/[\\<>]/g, '\\$&').replace(/&(?=[#\p{Letter}])/gu, '&amp;')}>`;
}

export function escapedTitle(title: string): string {
  return title.replace(/[\\"]/g, '\\$&').replace(/&(?=[#\p{Letter}])/gu, '&amp;');
}

import { randomInt } from 'node:crypto';

/** Crockford's base32: no sign in it is taken for another. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;

/** A new code of a gift, `7K3M-9PXA-20QD-4VHT`: 80 bits that nobody guesses. */
export function newGiftCode(): string {
  return inGroups(Array.from({ length }, () => signs[randomInt(signs.length)]).join(''));
}

/** The code from what somebody typed: dashes, spaces, case and the letters that look like others may be as they like. Null for what cannot be one. */
export function giftCode(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[\s\p{Pd}_.]/gu, '');
  const read = plain.replaceAll('O', '0').replace(/[IL]/g, '1').replaceAll('U', 'V');
  return read.length === length && [...read].every((sign) => signs.includes(sign)) ? inGroups(read) : null;
}

function inGroups(code: string): string {
  return code.match(/.{4}/g)!.join('-');
}

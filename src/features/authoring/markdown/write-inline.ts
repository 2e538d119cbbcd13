import { type DocMark, type DocNode, hasMark, isSoftBreak, stringAttr } from './document.ts';
import { escaped, escapedAddress, escapedTitle } from './escape.ts';
import { commonLength, nesting } from './nesting.ts';

/** How careful the writer is: `light` writes words as one would, `full` so that nothing in them can be read as Markdown. */
export type Care = 'light' | 'full';

const delimiters: Record<Care, Record<string, string>> = {
  light: { bold: '**', italic: '*', strike: '~~' },
  // Two kinds of delimiters never run into each other.
  full: { bold: '**', italic: '_', strike: '~~' },
};

interface Output {
  text: string;
  /** Where the last letter that was written as itself begins, when nothing came after it. */
  lastLetter: number | undefined;
  /** The next letter must not touch what stands before it. */
  isGuarded: boolean;
}

/** Tidy words as a line (or lines) of Markdown. */
export function writeInline(nodes: readonly DocNode[], care: Care): string {
  const out: Output = { text: '', lastLetter: undefined, isGuarded: false };
  const open = nesting(nodes);
  let now: DocMark[] = [];
  for (const [index, node] of nodes.entries()) {
    const next = open[index]!;
    const kept = commonLength(now, next);
    for (const mark of now.slice(kept).toReversed()) close(out, mark, care);
    for (const mark of next.slice(kept)) openMark(out, mark, care);
    now = next;
    writeLeaf(out, node, care, isLineStart(nodes, index));
  }
  for (const mark of now.toReversed()) close(out, mark, care);
  return out.text;
}

function isLineStart(nodes: readonly DocNode[], index: number): boolean {
  const before = nodes[index - 1];
  return before === undefined || before.type === 'hardBreak' || isSoftBreak(before);
}

/** A letter beside an emphasis can keep it from being one; written as a number it cannot. */
function guardLast(out: Output): void {
  if (out.lastLetter === undefined) return;
  out.text = `${out.text.slice(0, out.lastLetter)}&#${out.text.codePointAt(out.lastLetter)};`;
}

function raw(out: Output, text: string): void {
  out.text += text;
  out.lastLetter = undefined;
  out.isGuarded = false;
}

function openMark(out: Output, mark: DocMark, care: Care): void {
  const delimiter = delimiters[care][mark.type];
  if (delimiter && care === 'full') guardLast(out);
  raw(out, delimiter ?? '[');
}

function close(out: Output, mark: DocMark, care: Care): void {
  const delimiter = delimiters[care][mark.type];
  if (delimiter) {
    raw(out, delimiter);
    out.isGuarded = care === 'full';
  } else if (mark.type === 'anchor') raw(out, `]{#${stringAttr(mark, 'id')}}`);
  else raw(out, `](${destination(mark)})`);
}

function destination(mark: DocMark | DocNode): string {
  const address = escapedAddress(stringAttr(mark, mark.type === 'image' ? 'src' : 'href'));
  const title = stringAttr(mark, 'title');
  return title ? `${address} "${escapedTitle(title)}"` : address;
}

function writeLeaf(out: Output, node: DocNode, care: Care, isStart: boolean): void {
  if (node.type === 'hardBreak') raw(out, '\\\n');
  else if (isSoftBreak(node)) raw(out, '\n');
  else if (node.type === 'image') raw(out, `![${care === 'full' ? escaped(stringAttr(node, 'alt'), false) : stringAttr(node, 'alt')}](${destination(node)})`);
  else if (node.type === 'mathInline') {
    if (care === 'full') guardLast(out);
    raw(out, `$${stringAttr(node, 'tex')}$`);
    out.isGuarded = care === 'full';
  } else if (hasMark(node, 'code')) raw(out, codeSpan(node.text ?? ''));
  else if (care === 'light') raw(out, node.text ?? '');
  else writeText(out, node.text ?? '', isStart);
}

function writeText(out: Output, text: string, isStart: boolean): void {
  const [first = '', ...others] = text;
  const guarded = out.isGuarded && !/\s/u.test(first);
  const body = guarded ? others.join('') : text;
  if (guarded) raw(out, `&#${first.codePointAt(0)};`);
  if (body === '') return;
  raw(out, escaped(body, isStart && !guarded, true));
  const last = [...body].at(-1)!;
  if (/[^\s!-/:-@[-`{-~]/u.test(last)) out.lastLetter = out.text.length - last.length;
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const isPadded = /^`|`$/.test(text) || (/^ .* $/.test(text) && /[^ ]/.test(text));
  return isPadded ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

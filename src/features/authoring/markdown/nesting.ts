import { type DocMark, type DocNode, sameMark } from './document.ts';

/** Marks that Markdown opens and closes around words; the others belong to the piece of text itself. */
const wraps = (mark: DocMark) => mark.type !== 'code' && mark.type !== 'softBreak';

/** For each piece of a line, the marks that are open around it, from the outermost: those that reach further are opened first. */
export function nesting(nodes: readonly DocNode[]): DocMark[][] {
  const result: DocMark[][] = [];
  let open: DocMark[] = [];
  for (const [index, node] of nodes.entries()) {
    const marks = (node.marks ?? []).filter(wraps);
    const has = (mark: DocMark) => marks.some((other) => sameMark(mark, other));
    const isNamed = marks.some((mark) => mark.type === 'anchor' && !open.some((other) => sameMark(mark, other)));
    // Markdown has no named words within a link, only links within named words.
    const firstClosed = open.findIndex((mark) => !has(mark) || (isNamed && mark.type === 'link'));
    if (firstClosed >= 0) open = open.slice(0, firstClosed);
    const opened = marks
      .filter((mark) => !open.some((other) => sameMark(mark, other)))
      .map((mark) => ({ mark, reach: mark.type === 'anchor' ? Number.POSITIVE_INFINITY : reachOf(mark, nodes, index) }))
      .toSorted((one, other) => (other.reach > one.reach ? 1 : other.reach < one.reach ? -1 : 0));
    open = [...open, ...opened.map(({ mark }) => mark)];
    result.push(open);
  }
  return result;
}

function reachOf(mark: DocMark, nodes: readonly DocNode[], start: number): number {
  let end = start;
  while (nodes[end]?.marks?.some((other) => sameMark(mark, other))) end += 1;
  return end;
}

/** How many marks, from the outermost, stay open between two pieces. */
export function commonLength(one: readonly DocMark[], other: readonly DocMark[]): number {
  let length = 0;
  while (length < one.length && sameMark(one[length], other[length])) length += 1;
  return length;
}

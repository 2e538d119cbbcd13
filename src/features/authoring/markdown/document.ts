/** A lesson's text as the editor holds it: ProseMirror's JSON, in the words of `ui/editor/extensions.ts`. */
export interface DocNode {
  type: string;
  attrs?: Record<string, unknown>;
  content?: DocNode[];
  marks?: DocMark[];
  text?: string;
}

export interface DocMark {
  type: string;
  attrs?: Record<string, unknown>;
}

/** Marks that reach equally far are opened in this order. */
const markOrder = ['italic', 'bold', 'strike', 'link', 'anchor', 'code', 'softBreak'];

export function sortedMarks(marks: readonly DocMark[]): DocMark[] {
  return marks
    .filter((mark) => markOrder.includes(mark.type))
    .toSorted((one, other) => markOrder.indexOf(one.type) - markOrder.indexOf(other.type));
}

export function hasMark(node: DocNode, type: string): boolean {
  return node.marks?.some((mark) => mark.type === type) ?? false;
}

export function sameMark(one: DocMark | undefined, other: DocMark | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

export function isSoftBreak(node: DocNode | undefined): boolean {
  return node?.type === 'text' && hasMark(node, 'softBreak');
}

export function stringAttr(node: DocNode | DocMark, name: string): string {
  const value = node.attrs?.[name];
  return typeof value === 'string' ? value : '';
}

export const calloutKinds = ['note', 'tip', 'important', 'warning', 'caution'] as const;

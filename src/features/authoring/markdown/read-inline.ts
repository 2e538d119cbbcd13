import type { Token } from 'markdown-it';
import { textOf } from '#platform/markdown/anchors.ts';
import type { DocMark, DocNode } from './document.ts';

/** Thrown for Markdown that the editor has no form for: it is kept as it is written. */
export class NotUnderstood extends Error {}

const simpleMarks: Record<string, string> = { strong: 'bold', em: 'italic', s: 'strike' };

/** The words of a line of Markdown with their marks. */
export function readInline(tokens: readonly Token[]): DocNode[] {
  const nodes: DocNode[] = [];
  const marks: DocMark[] = [];
  for (const token of tokens) {
    if (token.type.endsWith('_open')) marks.push(markOf(token));
    else if (token.type.endsWith('_close')) marks.pop();
    else {
      const node = leaf(token);
      if (node) nodes.push({ ...node, marks: [...marks, ...(node.marks ?? [])] });
    }
  }
  return nodes;
}

function markOf(token: Token): DocMark {
  const name = token.type.replace(/_open$/, '');
  const simple = simpleMarks[name];
  if (simple) return { type: simple };
  if (name === 'link') return { type: 'link', attrs: { href: String(token.attrGet('href') ?? ''), title: titleOf(token) } };
  if (name === 'anchor') return { type: 'anchor', attrs: { id: String(token.meta?.own ?? '') } };
  throw new NotUnderstood(token.type);
}

function titleOf(token: Token): string | null {
  return String(token.attrGet('title') ?? '') || null;
}

function leaf(token: Token): DocNode | undefined {
  switch (token.type) {
    case 'text':
    case 'text_special':
      return token.content === '' ? undefined : { type: 'text', text: token.content };
    case 'code_inline':
      return { type: 'text', text: token.content, marks: [{ type: 'code' }] };
    case 'softbreak':
      return { type: 'text', text: ' ', marks: [{ type: 'softBreak' }] };
    case 'hardbreak':
      return { type: 'hardBreak' };
    case 'math_inline':
      return { type: 'mathInline', attrs: { tex: token.content } };
    case 'image': {
      const attrs = { src: String(token.attrGet('src') ?? ''), alt: textOf(token.children ?? []), title: titleOf(token) };
      return { type: 'image', attrs };
    }
    default:
      throw new NotUnderstood(token.type);
  }
}

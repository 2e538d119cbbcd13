import type { Editor } from '@tiptap/core';
import { Fragment, type Node as ProseNode, type Schema, Slice } from '@tiptap/pm/model';
import type { DocNode } from '../../markdown/document.ts';
import { readMarkdown } from '../../markdown/lesson-markdown.ts';
import { writeMarkdown } from '../../markdown/lesson-markdown.ts';

/** Plain words that are pasted are read as Markdown: a table is a table, an address alone is what it leads to. */
export function pastedMarkdown(schema: Schema, text: string): Slice {
  const content = Fragment.fromJSON(schema, readMarkdown(text).doc.content);
  const isWords = content.childCount === 1 && content.firstChild?.type.name === 'paragraph';
  return new Slice(content, isWords ? 1 : 0, isWords ? 1 : 0);
}

/** What is copied, for places that know plain text alone. */
export function copiedMarkdown(slice: Slice): string {
  const nodes: ProseNode[] = [];
  slice.content.forEach((node) => nodes.push(node));
  const blocks = nodes.map((node): DocNode => (node.isInline ? { type: 'paragraph', content: [node.toJSON()] } : node.toJSON()));
  return writeMarkdown({ type: 'doc', content: blocks }).trimEnd();
}

/** The pictures among dropped or pasted files. */
export function picturesIn(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));
}

export function isInCode(editor: Editor): boolean {
  return editor.isActive('codeBlock');
}

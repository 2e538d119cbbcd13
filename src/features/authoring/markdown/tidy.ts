import { embedOf } from '#platform/markdown/embeds.ts';
import { markdownParser } from '#platform/markdown/parser.ts';
import { calloutKinds, type DocNode, stringAttr } from './document.ts';
import { tidyInline } from './tidy-inline.ts';
import { tidyTable } from './tidy-table.ts';

const empty: DocNode = { type: 'paragraph' };

/** A text in the one form that Markdown can hold, so that two forms of the same text are equal: what is empty and stands beside something else is left out. */
export function tidyDoc(doc: DocNode): DocNode {
  return { type: 'doc', content: tidyBlocks(doc.content ?? []) };
}

/** At least one block, none of them empty beside others. */
function tidyBlocks(nodes: readonly DocNode[]): DocNode[] {
  const blocks = nodes.flatMap(tidyBlock).filter((block) => block.type !== 'paragraph' || block.content);
  return blocks.length > 0 ? blocks : [empty];
}

function tidyBlock(node: DocNode): DocNode[] {
  switch (node.type) {
    case 'paragraph':
      return [withWords({ type: 'paragraph' }, node, false)];
    case 'heading':
      return [heading(node)];
    case 'bulletList':
    case 'orderedList':
      return [list(node)];
    case 'blockquote':
      return [{ type: 'blockquote', content: tidyBlocks(node.content ?? []) }];
    case 'callout': {
      const kind = calloutKinds.find((name) => name === node.attrs?.kind) ?? 'note';
      return [{ type: 'callout', attrs: { kind, title: titleOf(node, kind) }, content: tidyBlocks(node.content ?? []) }];
    }
    case 'details':
      return [{ type: 'details', attrs: { title: titleOf(node, 'details') }, content: tidyBlocks(node.content ?? []) }];
    case 'codeBlock':
      return [code(node)];
    case 'horizontalRule':
      return [{ type: 'horizontalRule' }];
    case 'table':
      return tidyTable(node);
    case 'mathBlock':
      return formula(stringAttr(node, 'tex'));
    case 'embed':
      return embed(stringAttr(node, 'src'));
    case 'markdownBlock':
      return /^[ \t\n]*$/.test(stringAttr(node, 'source')) ? [] : [{ type: 'markdownBlock', attrs: { source: untrimmed(stringAttr(node, 'source')) } }];
    default:
      return [];
  }
}

function embed(written: string): DocNode[] {
  const src = markdownParser.normalizeLink(written.trim());
  return /^\S+$/.test(src) && embedOf(src) ? [{ type: 'embed', attrs: { src } }] : [];
}

const untrimmed = (source: string) => source.replace(/^(?:[ \t]*\n)+|[ \t\n]+$/g, '');

function withWords(bare: DocNode, node: DocNode, isOneLine: boolean): DocNode {
  const content = tidyInline(node.content ?? [], { isOneLine });
  return content.length > 0 ? { ...bare, content } : bare;
}

function heading(node: DocNode): DocNode {
  const level = Math.min(6, Math.max(1, Number(node.attrs?.level) || 2));
  const id = stringAttr(node, 'id').toLowerCase();
  return withWords({ type: 'heading', attrs: { level, id: /^[^\s{}#]+$/.test(id) ? id : null } }, node, true);
}

/** The words beside a box's sign, as Markdown; null when they are those that stand there anyway. */
function titleOf(node: DocNode, kind: string): string | null {
  const title = stringAttr(node, 'title').replace(/\s+/g, ' ').trim();
  return title === '' || title === `${kind[0]!.toUpperCase()}${kind.slice(1)}` ? null : title;
}

function code(node: DocNode): DocNode {
  const text = (node.content ?? []).map((part) => part.text ?? '').join('').replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  const language = stringAttr(node, 'language').replace(/\s+/g, ' ').trim() || null;
  return { type: 'codeBlock', attrs: { language }, ...(text ? { content: [{ type: 'text', text }] } : {}) };
}

function formula(written: string): DocNode[] {
  const lines = written.replaceAll('$$', '').replaceAll('\0', '').split(/[\n\r]+/).map((line) => line.trim()).filter(Boolean);
  const tex = lines.join('\n').replace(/^[\s$]+|[\s$]+$/g, '').replace(/^(?=(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?::::|```|~~~))/gm, '{}');
  return tex === '' ? [] : [{ type: 'mathBlock', attrs: { tex } }];
}

function list(node: DocNode): DocNode {
  const items = (node.content ?? []).map(listItem);
  const content = items.length > 0 ? items : [listItem({ type: 'listItem' })];
  const hasNoRoom = content.every((item, index) => (item.content?.length ?? 0) < 2 && (index === content.length - 1 || isEmpty(item.content?.[0])));
  const hasWords = content.some((item) => item.content?.some((block) => block.type === 'paragraph' && block.content));
  const tight = hasNoRoom || !hasWords || (node.attrs?.tight !== false && content.every(isTightable));
  if (node.type === 'bulletList') return { type: 'bulletList', attrs: { tight }, content };
  const start = Math.min(999_999_999, Math.max(0, Math.trunc(Number(node.attrs?.start ?? 1)) || 0));
  return { type: 'orderedList', attrs: { start, tight }, content };
}

function listItem(node: DocNode): DocNode {
  const content = tidyBlocks(node.content ?? []);
  const hasBox = content[0]?.type === 'paragraph' && content[0].content && typeof node.attrs?.checked === 'boolean';
  return { type: 'listItem', attrs: { checked: hasBox ? (node.attrs?.checked ?? null) : null }, content };
}

/** Whether an item's blocks can follow each other without an empty line and be read as themselves. */
export function isTightable(item: DocNode): boolean {
  const blocks = item.content ?? [];
  const flowing = ['paragraph', 'bulletList', 'orderedList', 'codeBlock'];
  return blocks.every((block, index) => index === 0 || (flowing.includes(blocks[index - 1]!.type) && mayInterrupt(block)));
}

const isEmpty = (block: DocNode | undefined) => block?.type === 'paragraph' && !block.content;

function mayInterrupt(block: DocNode): boolean {
  if (block.type === 'codeBlock') return true;
  const isList = block.type === 'bulletList' || (block.type === 'orderedList' && block.attrs?.start === 1);
  const first = block.content?.[0]?.content?.[0];
  return isList && !isEmpty(first);
}

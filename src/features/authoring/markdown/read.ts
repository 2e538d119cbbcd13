import type { Token } from 'markdown-it';
import { calloutKinds, type DocNode } from './document.ts';
import { NotUnderstood, readInline } from './read-inline.ts';

/** The blocks that these tokens of the school's Markdown stand for. Refuses what the editor has no form for. */
export function readBlocks(tokens: readonly Token[]): DocNode[] {
  const blocks: DocNode[] = [];
  for (let index = 0; index < tokens.length; ) {
    const end = endOf(tokens, index);
    blocks.push(readBlock(tokens.slice(index, end)));
    index = end;
  }
  return blocks;
}

/** Where the block that begins here has ended. */
export function endOf(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index += 1) {
    depth += tokens[index]!.nesting;
    if (depth <= 0) return index + 1;
  }
  return tokens.length;
}

const emptyParagraph: DocNode = { type: 'paragraph' };

/** A container has a place to write in, even when there is nothing in it. */
function inside(tokens: readonly Token[]): DocNode[] {
  const blocks = readBlocks(tokens);
  return blocks.length > 0 ? blocks : [emptyParagraph];
}

function readBlock(tokens: readonly Token[]): DocNode {
  const first = tokens[0]!;
  const within = tokens.slice(1, -1);
  switch (first.type) {
    case 'paragraph_open':
      return { type: 'paragraph', content: words(within) };
    case 'heading_open':
      return { type: 'heading', attrs: { level: Number(first.tag.slice(1)), id: first.meta?.own ?? null }, content: words(within) };
    case 'bullet_list_open':
      return { type: 'bulletList', attrs: { tight: isTight(tokens) }, content: readBlocks(within) };
    case 'ordered_list_open':
      return { type: 'orderedList', attrs: { start: Number(first.attrGet('start') ?? 1), tight: isTight(tokens) }, content: readBlocks(within) };
    case 'list_item_open':
      return listItem(first, within);
    case 'blockquote_open':
      return first.tag === 'div' ? callout(first, within) : { type: 'blockquote', content: inside(within) };
    case 'callout_open':
      return callout(first, within);
    case 'details_open':
      return { type: 'details', attrs: { title: within[1]!.content }, content: inside(within.slice(3)) };
    case 'table_open':
      return { type: 'table', content: rows(within) };
    default:
      return leafBlock(first);
  }
}

function leafBlock(token: Token): DocNode {
  switch (token.type) {
    case 'fence':
      return code(token.content, token.info.trim() || null);
    case 'code_block':
      return code(token.content, null);
    case 'hr':
      return { type: 'horizontalRule' };
    case 'math_block':
      return { type: 'mathBlock', attrs: { tex: token.content } };
    case 'embed':
      return { type: 'embed', attrs: { src: token.content } };
    default:
      throw new NotUnderstood(token.type);
  }
}

function words(tokens: readonly Token[]): DocNode[] {
  return tokens.flatMap((token) => readInline(token.children ?? []));
}

function code(content: string, language: string | null): DocNode {
  const text = content.replace(/\n$/, '');
  return { type: 'codeBlock', attrs: { language }, content: text ? [{ type: 'text', text }] : [] };
}

/** Paragraphs of a tight list have no space between them: the parser hides their tags. */
function isTight(list: readonly Token[]): boolean {
  const level = list[0]!.level + 2;
  return list.every((token) => token.type !== 'paragraph_open' || token.level !== level || token.hidden);
}

function listItem(item: Token, within: readonly Token[]): DocNode {
  const checked = typeof item.meta?.checked === 'boolean' ? item.meta.checked : null;
  const blocks = inside(within);
  // The box is an attribute here, no letter.
  const [box] = (checked !== null && blocks[0]?.content) || [];
  if (box?.text) box.text = box.text.slice(2);
  return { type: 'listItem', attrs: { checked }, content: blocks };
}

function callout(open: Token, within: readonly Token[]): DocNode {
  const classes = String(open.attrGet('class') ?? '');
  const kind = calloutKinds.find((name) => classes.includes(`callout-${name}`));
  if (!kind) throw new NotUnderstood(classes);
  return { type: 'callout', attrs: { kind, title: within[1]!.content }, content: inside(within.slice(3)) };
}

function rows(tokens: readonly Token[]): DocNode[] {
  const found: DocNode[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'tr_open') found.push({ type: 'tableRow', content: [] });
    if (token.type !== 'th_open' && token.type !== 'td_open') continue;
    const align = /text-align:(\w+)/.exec(String(token.attrGet('style') ?? ''))?.[1] ?? null;
    const paragraph = { type: 'paragraph', content: readInline(tokens[index + 1]?.children ?? []) };
    found.at(-1)!.content!.push({ type: token.type === 'th_open' ? 'tableHeader' : 'tableCell', attrs: { align }, content: [paragraph] });
  }
  return found;
}

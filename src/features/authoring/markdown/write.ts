import { markdownParser } from '#platform/markdown/parser.ts';
import { type DocNode, stringAttr } from './document.ts';
import { readBlocks } from './read.ts';
import { isTightable, tidyDoc } from './tidy.ts';
import { type Care, writeInline } from './write-inline.ts';

interface Place {
  /** Signs of lists that an inner or neighboring one would run into. */
  taken: readonly string[];
}

/** Tidy blocks as Markdown, with an empty line between them. */
export function writeBlocks(blocks: readonly DocNode[], between = '\n\n', taken: readonly string[] = []): string {
  const texts: string[] = [];
  let before: string | undefined;
  for (const [index, block] of blocks.entries()) {
    const sign = signFor(block, [...(index === 0 ? taken : []), ...(before ? [before] : [])]);
    texts.push(writeBlock(block, { taken: sign ? [sign] : [] }));
    before = sign;
  }
  return texts.join(between);
}

/** Lists one after the other, or the first thing in another, are told apart by their signs. */
function signFor(block: DocNode, taken: readonly string[]): string | undefined {
  const signs = { bulletList: ['-', '*', '+'], orderedList: ['.', ')'] }[block.type];
  return signs?.find((sign) => !taken.includes(sign));
}

function writeBlock(block: DocNode, { taken: [sign = '-'] }: Place): string {
  const within = () => writeBlocks(block.content ?? []);
  switch (block.type) {
    case 'paragraph':
      return words(block, '');
    case 'heading':
      return heading(block);
    case 'bulletList':
    case 'orderedList':
      return list(block, sign);
    case 'blockquote':
      return within().split('\n').map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');
    case 'callout':
      return container(stringAttr(block, 'kind'), stringAttr(block, 'title'), within());
    case 'details':
      return container('details', stringAttr(block, 'title'), within());
    case 'codeBlock':
      return code(block);
    case 'horizontalRule':
      // Other signs could be a list's, or underline what stands above.
      return '___';
    case 'table':
      return table(block);
    case 'mathBlock':
      return `$$\n${stringAttr(block, 'tex')}\n$$`;
    case 'embed':
      return bareAddress(stringAttr(block, 'src'));
    default:
      return stringAttr(block, 'source');
  }
}

/** Written as one would write it; with care where that would be read otherwise. */
function words(block: DocNode, lead: string, tail = ''): string {
  const light = lead + writeInline(block.content ?? [], 'light') + tail;
  const mayBeMisread = /^\s*(?:\[|:::|[-*+_ \t]+$)/m.test(light) || light.includes('\r');
  if (!mayBeMisread && readsAs(light, block)) return light;
  return lead + writeInline(block.content ?? [], 'full' satisfies Care) + tail;
}

function readsAs(markdown: string, block: DocNode): boolean {
  const tokens = markdownParser.parse(markdown, {});
  const read = tokens.length === 3 ? readBlocks(tokens) : [];
  return JSON.stringify(tidyDoc({ type: 'doc', content: read }).content) === JSON.stringify([block]);
}

function heading(block: DocNode): string {
  const id = stringAttr(block, 'id');
  return words(block, `${'#'.repeat(Number(block.attrs?.level))} `, id ? ` {#${id}}` : '').replace(/ $/, '');
}

function container(word: string, title: string, content: string): string {
  const said = /^\[.*\]$/.test(title) ? `[${title}]` : title;
  return [`::: ${word} ${said}`.trimEnd(), ...(content === '' ? [] : [content]), ':::'].join('\n');
}

function code(block: DocNode): string {
  const text = block.content?.[0]?.text ?? '';
  const language = stringAttr(block, 'language');
  const sign = language.includes('`') ? '~' : '`';
  const longest = Math.max(2, ...[...text.matchAll(sign === '`' ? /`+/g : /~+/g)].map(([run]) => run.length));
  const fence = sign.repeat(longest + 1);
  return `${fence}${sign === '~' ? ' ' : ''}${language}\n${text === '' ? '' : `${text}\n`}${fence}`;
}

function bareAddress(src: string): string {
  return /^https:\/\/[\w./?=&%-]*[\w/]$/.test(src) ? src : `<${src}>`;
}

function list(block: DocNode, sign: string): string {
  const isDense = block.attrs?.tight === true && block.content?.every(isTightable);
  const between = isDense ? '\n' : '\n\n';
  const start = Number(block.attrs?.start ?? 1);
  return (block.content ?? [])
    .map((item, index) => {
      const mark = block.type === 'bulletList' ? sign : `${Math.min(start + index, 999_999_999)}${sign}`;
      const box = typeof item.attrs?.checked === 'boolean' ? `[${item.attrs.checked ? 'x' : ' '}] ` : '';
      const text = box + writeBlocks(item.content ?? [], between, block.type === 'bulletList' ? [sign] : []);
      const indent = ' '.repeat(mark.length + 1);
      return text === '' ? mark : `${mark} ${text.replace(/\n(?=[^\n])/g, `\n${indent}`)}`;
    })
    .join(between);
}

function table(block: DocNode): string {
  const rows = (block.content ?? []).map((row) => (row.content ?? []).map(cell));
  const rule = (block.content?.[0]?.content ?? []).map(({ attrs }) => ({ left: ':--', center: ':-:', right: '--:' })[String(attrs?.align)] ?? '---');
  return [rows[0] ?? [], rule, ...rows.slice(1)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cell(node: DocNode): string {
  const paragraph = node.content?.[0];
  return paragraph ? words(paragraph, '').replaceAll('|', '\\|') : '';
}

import { markdownParser } from '#platform/markdown/parser.ts';
import { passOver, type Region, regionsOf } from './regions.ts';

/** A piece of HTML in a Markdown source: an opening or closing tag, or a comment. */
export interface Tag {
  start: number;
  end: number;
  kind: 'open' | 'close' | 'comment';
  /** Lower case; empty for comments. */
  name: string;
  attributes: Record<string, string>;
  /** In a block of raw HTML, where the words between tags are HTML's and not Markdown's. */
  inBlock: boolean;
  /** What stands before it on its line, or before its block of HTML, when that is only the indentation of a list. */
  indent: string;
  /** On a line that must stay one line. */
  oneLine: boolean;
}

const openTag = /<([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z_:@][\w:.@-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*\/?>/y;
const closeTag = /<\/([A-Za-z][A-Za-z0-9-]*)\s*>/y;
const comment = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<![A-Za-z][^>]*>|<!\[CDATA\[[\s\S]*?\]\]>/y;
const attribute = /([A-Za-z_:@][\w:.@-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Every tag of HTML's own vocabulary and every comment, in order. Code is passed over, and so is `<name>` where no element has that name. */
export function tagsOf(source: string): { tags: Tag[]; regions: Region[] } {
  const { regions, isOneLine } = regionsOf(source);
  const tags: Tag[] = [];
  for (const region of regions) {
    if (region.kind === 'code') continue;
    const inBlock = region.kind === 'html';
    for (let at = region.start; at < region.end; ) {
      const next = inBlock ? at : passOver(source, at, region.end);
      if (next > at) {
        at = next;
        continue;
      }
      const tag = source[at] === '<' ? tagAt(source, at) : undefined;
      if (tag && tag.end <= region.end) {
        tags.push({ ...tag, inBlock, indent: indentAt(source, inBlock ? region.start : at), oneLine: isOneLine(at) });
        at = tag.end;
      } else at += 1;
    }
  }
  return { tags, regions };
}

function tagAt(source: string, at: number): Omit<Tag, 'inBlock' | 'indent' | 'oneLine'> | undefined {
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  const opened = match(openTag);
  if (opened)
    return known({ start: at, end: openTag.lastIndex, kind: 'open', name: opened[1]!.toLowerCase(), attributes: attributesOf(opened[2]!) });
  const closed = match(closeTag);
  if (closed) return known({ start: at, end: closeTag.lastIndex, kind: 'close', name: closed[1]!.toLowerCase(), attributes: {} });
  if (match(comment)) return { start: at, end: comment.lastIndex, kind: 'comment', name: '', attributes: {} };
  return undefined;
}

function indentAt(source: string, at: number): string {
  const line = source.lastIndexOf('\n', at - 1) + 1;
  const indent = /^[ \t]*/.exec(source.slice(line))![0];
  return line + indent.length >= at ? indent : '';
}

function known<T extends { name: string }>(tag: T): T | undefined {
  return elements.has(tag.name) ? tag : undefined;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(attribute)].map(([, name, ...values]) => [
    name!.toLowerCase(),
    decodeEntities(values.find((value) => value !== undefined) ?? ''),
  ]);
  return Object.fromEntries(pairs);
}

/** `&lt;` and its like as the characters they stand for. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,31});/gi, (entity) => markdownParser.utils.unescapeAll(entity));
}

/** The elements of HTML that writers use, also those that are long out of fashion. Source: HTML Living Standard, index of elements. */
const elements = new Set(
  `a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite code col colgroup data
  datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup
  hr html i iframe img input ins kbd label legend li link main map mark marquee menu meta meter nav nobr noscript object ol optgroup option output p param
  picture pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody
  td template textarea tfoot th thead time title tr track tt u ul var video wbr`.split(/\s+/),
);

/** Whether HTML has, or once had, an element of this name. */
export function isElement(name: string): boolean {
  return elements.has(name.toLowerCase());
}

/** Elements without content. */
export const voidElements = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'frame',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);

import MarkdownIt from 'markdown-it';
import { callouts } from '#platform/markdown/callouts.ts';

/** A stretch of a Markdown source: prose, raw HTML, or code that nothing may touch. */
export interface Region {
  kind: 'text' | 'html' | 'code';
  start: number;
  end: number;
}

/** Here raw HTML is seen, so that it can be converted; the school's own parser takes it for text. */
const parser = new MarkdownIt({ html: true }).use(callouts);

/** Cuts a source into regions of whole lines, and names the lines that must stay one line (headings, table rows). */
export function regionsOf(source: string): { regions: Region[]; isOneLine: (offset: number) => boolean } {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  const kinds: Region['kind'][] = starts.map(() => 'text');
  const oneLine = new Set<number>();
  for (const { type, map } of parser.parse(source, {})) {
    if (!map) continue;
    if (type === 'fence' || type === 'code_block') kinds.fill('code', ...map);
    if (type === 'html_block') kinds.fill('html', ...map);
    if (type === 'heading_open' || type === 'tr_open') for (let line = map[0]; line < map[1]; line += 1) oneLine.add(line);
  }
  const regions: Region[] = [];
  for (const [line, start] of starts.entries()) {
    const end = starts[line + 1] ?? source.length;
    const last = regions.at(-1);
    if (last !== undefined && last.kind === kinds[line]) last.end = end;
    else regions.push({ kind: kinds[line]!, start, end });
  }
  return { regions, isOneLine: (offset) => oneLine.has(lineAt(starts, offset)) };
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A span of code is looked for this far: without an end, every backtick would search the whole source. */
const longestSpan = 20_000;

/** Where reading goes on behind what begins at `at` and is no prose: an escaped character or a span of code. Elsewhere `at` itself. */
export function passOver(source: string, at: number, end: number): number {
  if (source[at] === '\\') return Math.min(at + 2, end);
  if (source[at] !== '`') return at;
  const ticks = /^`+/.exec(source.slice(at, end))![0];
  const paragraph = source.slice(at + ticks.length, Math.min(end, at + longestSpan)).split(/\n[ \t]*\n/, 1)[0]!;
  for (const run of paragraph.matchAll(/`+/g)) {
    if (run[0].length === ticks.length) return at + ticks.length + run.index + run[0].length;
  }
  return at + ticks.length;
}

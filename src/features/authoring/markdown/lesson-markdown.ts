import type { Token } from 'markdown-it';
import { markdownParser } from '#platform/markdown/parser.ts';
import type { DocNode } from './document.ts';
import { fingerprint } from './fingerprint.ts';
import { endOf, readBlocks } from './read.ts';
import { NotUnderstood } from './read-inline.ts';
import { tidyDoc } from './tidy.ts';
import { writeBlocks } from './write.ts';

interface Stretch {
  start: number;
  end: number;
}

/** A text that was read: its blocks, and where in the source each of them stood. */
export interface LessonText {
  doc: DocNode;
  source: string;
  /** One for each block, in letters of the source. */
  places: readonly Stretch[];
}

/** Markdown as the editor's document. What the editor has no form for is kept as it is written, in a block of its own. */
export function readMarkdown(written: string): LessonText {
  const source = written.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
  const tokens = markdownParser.parse(source, {});
  const parts = stretches(tokens, source).map((stretch) => ({ ...stretch, block: blockOf(stretch, source) }));
  const doc: DocNode = { type: 'doc', content: parts.length > 0 ? parts.map(({ block }) => block) : [{ type: 'paragraph' }] };
  if (fingerprint(markdownParser.parse(writeBlocks(doc.content!), {})) === fingerprint(tokens)) return { doc, source, places: parts };
  // Blocks that are understood one by one and not together: nothing is lost as long as the text stays as it is written.
  const whole = { start: 0, end: withoutEnd(source).length };
  return { doc: { type: 'doc', content: [verbatim(source)] }, source, places: [whole] };
}

const verbatim = (source: string): DocNode => tidyDoc({ type: 'doc', content: [{ type: 'markdownBlock', attrs: { source } }] }).content![0]!;

/** The source of each block; what stands between blocks and shows nothing by itself (where links lead) is a stretch of its own. */
function stretches(tokens: readonly Token[], source: string): (Stretch & { tokens: readonly Token[] })[] {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const startOf = (line: number) => starts[line] ?? source.length;
  const found: (Stretch & { tokens: readonly Token[] })[] = [];
  const add = (from: number, to: number, part: readonly Token[]) => {
    const text = source.slice(from, to);
    if (/^[ \t\n]*$/.test(text)) return;
    const lead = /^(?:[ \t]*\n)*/.exec(text)![0].length;
    found.push({ start: from + lead, end: from + withoutEnd(text).length, tokens: part });
  };
  let reached = 0;
  for (let index = 0; index < tokens.length; ) {
    const end = endOf(tokens, index);
    const [from, to] = tokens[index]!.map ?? [0, 0];
    add(reached, startOf(from), []);
    add(startOf(from), startOf(to), tokens.slice(index, end));
    reached = startOf(to);
    index = end;
  }
  add(reached, source.length, []);
  return found;
}

const withoutEnd = (text: string) => text.replace(/[ \t\n]+$/, '');

/** Deeper than this the parser itself gives up. */
const deepest = 40;

function blockOf({ start, end, tokens }: Stretch & { tokens: readonly Token[] }, source: string): DocNode {
  const kept = verbatim(source.slice(start, end));
  if (tokens.length === 0 || tokens.some(({ level }) => level > deepest)) return kept;
  try {
    const [block, ...others] = tidyDoc({ type: 'doc', content: readBlocks(tokens) }).content!;
    if (!block || others.length > 0) return kept;
    const again = markdownParser.parse(writeBlocks([block]), {});
    return fingerprint(again, { withIds: false }) === fingerprint(tokens, { withIds: false }) ? block : kept;
  } catch (error) {
    if (error instanceof NotUnderstood) return kept;
    throw error;
  }
}

/** The editor's document as Markdown. Blocks that are as they were read keep their spelling, and a text in which nothing changed is the very source. */
export function writeMarkdown(edited: DocNode, original?: LessonText): string {
  const doc = tidyDoc(edited);
  const anew = writeBlocks(doc.content!);
  if (!original) return anew;
  if (JSON.stringify(doc) === JSON.stringify(original.doc)) return original.source;
  const kept = withKeptSpelling(doc.content!, original);
  const isSame = fingerprint(markdownParser.parse(kept, {})) === fingerprint(markdownParser.parse(anew, {}));
  return isSame ? kept : anew;
}

function withKeptSpelling(blocks: readonly DocNode[], { doc, source, places }: LessonText): string {
  const known = new Map<string, number[]>();
  for (const [index, block] of doc.content!.entries()) {
    const key = JSON.stringify(block);
    known.set(key, [...(known.get(key) ?? []), index]);
  }
  let text = '';
  let before: number | undefined;
  let run: DocNode[] = [];
  const flush = () => {
    if (run.length > 0) text += (text === '' ? '' : '\n\n') + writeBlocks(run);
    if (run.length > 0) before = undefined;
    run = [];
  };
  for (const block of blocks) {
    const indexes = known.get(JSON.stringify(block)) ?? [];
    const place = places[indexes.find((index) => index === (before ?? -2) + 1) ?? indexes[0] ?? -1];
    if (!place) {
      run.push(block);
      continue;
    }
    flush();
    const index = places.indexOf(place);
    const isNext = before !== undefined && index === before + 1;
    text += isNext ? source.slice(places[before!]!.end, place.end) : (text === '' ? '' : '\n\n') + source.slice(place.start, place.end);
    before = index;
  }
  flush();
  return text === '' ? '' : `${text}\n`;
}

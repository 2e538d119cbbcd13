import { type Part, readPart } from './font.ts';
import { fontFile } from './font-file.ts';
import type { Contours } from './glyphs.ts';
import { type FontTables, readWoff2 } from './woff2.ts';
import { boxOf, glyphBytes } from './write-glyph.ts';

/** A font as one file that programs for paper understand. */
export interface TrueTypeFont {
  file: Buffer;
  /** Whether every character of a text has a glyph. */
  knows(text: string): boolean;
}

/** What places letters beside each other. Numbers of the first part's glyphs stay as they are, so that its tables hold for it. */
const shapingTables = ['GDEF', 'GPOS', 'GSUB', 'OS/2', 'name'];

/** Makes one TrueType font, of one weight, from the WOFF 2 files that divide its characters among themselves. The first is the one that kerns. */
export function trueTypeFont(files: readonly Buffer[]): TrueTypeFont {
  const all = files.map((file) => readWoff2(file));
  const parts = all.map(readPart);
  const first = all[0] ?? new Map<string, Buffer>();
  const outlines = parts.flatMap((part) => part.outlines);
  const characters = charactersOf(parts);
  const glyphs = outlines.map(glyphBytes);
  const tables = new Map<string, Buffer>([
    ...shapingTables.flatMap((tag): [string, Buffer][] => (first.has(tag) ? [[tag, need(first, tag)]] : [])),
    ['cmap', characterTable(characters)],
    ['glyf', Buffer.concat(glyphs)],
    ['head', headTable(need(first, 'head'), outlines)],
    ['hhea', patched(need(first, 'hhea'), (table) => table.writeUInt16BE(outlines.length, 34))],
    ['hmtx', metricsTable(parts)],
    ['loca', placesTable(glyphs)],
    ['maxp', limitsTable(outlines)],
    // Version 3: without names of glyphs.
    ['post', patched(need(first, 'post').subarray(0, 32), (table) => table.writeUInt32BE(0x00030000, 0))],
  ]);
  return { file: fontFile(tables), knows: (text) => [...text].every((character) => characters.has(character.codePointAt(0) ?? 0)) };
}

function need(tables: FontTables, tag: string): Buffer {
  const table = tables.get(tag);
  if (!table) throw new Error(`The font has no table ${tag}`);
  return table;
}

function patched(table: Buffer, change: (table: Buffer) => void): Buffer {
  const copy = Buffer.from(table);
  change(copy);
  return copy;
}

/** Glyphs by character. Where two parts have one, the earlier wins. */
function charactersOf(parts: readonly Part[]): Map<number, number> {
  const characters = new Map<number, number>();
  let start = 0;
  for (const part of parts) {
    for (const [code, glyph] of part.glyphs) if (!characters.has(code)) characters.set(code, start + glyph);
    start += part.outlines.length;
  }
  return characters;
}

/** A `cmap` of format 12. Source: OpenType, `cmap`. */
function characterTable(characters: ReadonlyMap<number, number>): Buffer {
  const sorted = [...characters].sort(([one], [other]) => one - other);
  const table = Buffer.alloc(28 + sorted.length * 12);
  table.writeUInt16BE(1, 2);
  table.writeUInt16BE(3, 4);
  table.writeUInt16BE(10, 6);
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(16 + sorted.length * 12, 16);
  table.writeUInt32BE(sorted.length, 24);
  for (const [index, [code, glyph]] of sorted.entries()) {
    for (const [place, value] of [code, code, glyph].entries()) table.writeUInt32BE(value, 28 + index * 12 + place * 4);
  }
  return table;
}

function headTable(head: Buffer, outlines: readonly Contours[]): Buffer {
  const boxes = outlines.filter((contours) => contours.length > 0).map(boxOf);
  return patched(head, (table) => {
    table.writeUInt32BE(0, 8);
    table.writeInt16BE(Math.min(...boxes.map(({ left }) => left)), 36);
    table.writeInt16BE(Math.min(...boxes.map(({ bottom }) => bottom)), 38);
    table.writeInt16BE(Math.max(...boxes.map(({ right }) => right)), 40);
    table.writeInt16BE(Math.max(...boxes.map(({ top }) => top)), 42);
    // Places of glyphs in four bytes.
    table.writeInt16BE(1, 50);
  });
}

function metricsTable(parts: readonly Part[]): Buffer {
  const metrics = parts.flatMap(({ outlines, advances }) =>
    outlines.map((contours, glyph) => [advances[glyph] ?? 0, boxOf(contours).left]),
  );
  const table = Buffer.alloc(metrics.length * 4);
  for (const [index, [advance = 0, bearing = 0]] of metrics.entries()) table.writeInt16BE(bearing, table.writeUInt16BE(advance, index * 4));
  return table;
}

function placesTable(glyphs: readonly Buffer[]): Buffer {
  const table = Buffer.alloc((glyphs.length + 1) * 4);
  let place = 0;
  for (const [index, glyph] of glyphs.entries()) {
    place += glyph.length;
    table.writeUInt32BE(place, (index + 1) * 4);
  }
  return table;
}

function limitsTable(outlines: readonly Contours[]): Buffer {
  const table = Buffer.alloc(32);
  table.writeUInt32BE(0x00010000, 0);
  table.writeUInt16BE(outlines.length, 4);
  table.writeUInt16BE(Math.max(...outlines.map((contours) => contours.flat().length)), 6);
  table.writeUInt16BE(Math.max(...outlines.map((contours) => contours.length)), 8);
  // One zone: nothing hints.
  table.writeUInt16BE(1, 14);
  return table;
}

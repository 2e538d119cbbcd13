import { type Contours, type Point, readGlyphs } from './glyphs.ts';
import { type FontTables, Reader, readWoff2 } from './woff2.ts';

/** A font by which words become drawings, so that a picture needs no font of the machine. One weight, left to right, without kerning. */
export interface Font {
  /** Whether every character of a text has a glyph. */
  knows(text: string): boolean;
  /** How wide a text is at a size. */
  width(text: string, size: number): number;
  /** The outlines of a text as the data of an SVG path, its baseline beginning at a point. */
  path(text: string, at: { x: number; y: number; size: number }): string;
}

/** Reads a font from the files that divide its characters among themselves. */
export function readFont(files: readonly Buffer[]): Font {
  const parts = files.map((file) => readPart(readWoff2(file)));
  const glyphOf = (character: string) => {
    for (const part of parts) {
      const glyph = part.glyphs.get(character.codePointAt(0) ?? 0);
      if (glyph !== undefined)
        return { advance: (part.advances[glyph] ?? 0) / part.unitsPerEm, outline: part.outlines[glyph] ?? [], unit: 1 / part.unitsPerEm };
    }
    return undefined;
  };
  return {
    knows: (text) => [...text].every((character) => glyphOf(character) !== undefined),
    width: (text, size) => [...text].reduce((sum, character) => sum + (glyphOf(character)?.advance ?? 0) * size, 0),
    path(text, { x, y, size }) {
      let [at, data] = [x, ''];
      for (const character of text) {
        const glyph = glyphOf(character);
        if (!glyph) continue;
        const scale = glyph.unit * size;
        data += pathOf(glyph.outline, (point) => `${round(at + point.x * scale)} ${round(y - point.y * scale)}`);
        at += glyph.advance * size;
      }
      return data;
    },
  };
}

/** The glyphs of one file of a font. */
export interface Part {
  unitsPerEm: number;
  glyphs: Map<number, number>;
  advances: number[];
  outlines: Contours[];
}

/** Reads the glyphs of an unpacked file. */
export function readPart(tables: FontTables): Part {
  const table = (tag: string) => {
    const found = tables.get(tag);
    if (!found) throw new Error(`The font has no table ${tag}`);
    return found;
  };
  const outlines = readGlyphs(table('glyf'));
  const metrics = new Reader(table('hmtx'));
  const metricCount = table('hhea').readUInt16BE(34);
  const advances: number[] = [];
  for (let glyph = 0; glyph < outlines.length; glyph += 1) {
    if (glyph >= metricCount) advances.push(advances[metricCount - 1] ?? 0);
    else {
      advances.push(metrics.uint16());
      metrics.int16();
    }
  }
  return { unitsPerEm: table('head').readUInt16BE(18), glyphs: readCharacters(table('cmap')), advances, outlines };
}

/** Which glyph draws which character: the segments of a `cmap` of format 4. Source: OpenType, `cmap`. */
function readCharacters(table: Buffer): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (let index = 0; index < table.readUInt16BE(2); index += 1) {
    const start = table.readUInt32BE(4 + index * 8 + 4);
    if (table.readUInt16BE(start) !== 4) continue;
    const doubled = table.readUInt16BE(start + 6);
    for (let segment = 0; segment < doubled; segment += 2) {
      const column = (number: number) => start + 14 + number * doubled + segment + (number > 0 ? 2 : 0);
      const [last, first] = [table.readUInt16BE(column(0)), table.readUInt16BE(column(1))];
      const [shift, offset] = [table.readInt16BE(column(2)), table.readUInt16BE(column(3))];
      for (let code = first; code <= last && code !== 0xffff; code += 1) {
        const raw = offset === 0 ? code : table.readUInt16BE(column(3) + offset + (code - first) * 2);
        const glyph = raw === 0 ? 0 : (raw + shift) & 0xffff;
        if (glyph !== 0) glyphs.set(code, glyph);
      }
    }
  }
  return glyphs;
}

/** Outlines as path data. Between two points off the curve lies one on it, halfway. */
function pathOf(contours: Contours, at: (point: Pick<Point, 'x' | 'y'>) => string): string {
  return contours
    .map((contour) => {
      const first = contour.findIndex((point) => point.isOnCurve);
      if (first < 0) return '';
      const points = [...contour.slice(first), ...contour.slice(0, first + 1)];
      let data = `M${at(points[0]!)}`;
      for (let index = 1; index < points.length; index += 1) {
        const [point, next] = [points[index]!, points[index + 1]];
        if (point.isOnCurve) data += `L${at(point)}`;
        else if (next?.isOnCurve) {
          data += `Q${at(point)} ${at(next)}`;
          index += 1;
        } else if (next) data += `Q${at(point)} ${at({ x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 })}`;
      }
      return `${data}Z`;
    })
    .join('');
}

const round = (value: number) => Math.round(value * 100) / 100;

import { Reader } from './woff2.ts';

/** A point of an outline, in the font's units with y upwards. */
export interface Point {
  x: number;
  y: number;
  isOnCurve: boolean;
}

/** The closed lines of a glyph. */
export type Contours = Point[][];

interface Streams {
  contours: Reader;
  points: Reader;
  flags: Reader;
  coordinates: Reader;
  composites: Reader;
  hasBox: (glyph: number) => boolean;
  boxes: Reader;
  instructions: Reader;
}

/** Every outline of a transformed `glyf` table, in order. Source: W3C WOFF 2.0, section 5.1. */
export function readGlyphs(table: Buffer): Contours[] {
  const head = new Reader(table, 4);
  const count = head.uint16();
  head.uint16();
  const sizes = Array.from({ length: 7 }, () => head.uint32());
  const parts = sizes.map((size) => head.bytes(size));
  const part = (index: number) => new Reader(parts[index] ?? Buffer.alloc(0));
  const bitmapBytes = ((count + 31) >> 5) << 2;
  const bitmap = parts[5]?.subarray(0, bitmapBytes) ?? Buffer.alloc(0);
  const streams: Streams = {
    contours: part(0),
    points: part(1),
    flags: part(2),
    coordinates: part(3),
    composites: part(4),
    hasBox: (glyph) => ((bitmap[glyph >> 3] ?? 0) & (128 >> (glyph & 7))) !== 0,
    boxes: part(5),
    instructions: part(6),
  };
  const made: (Contours | Component[])[] = [];
  for (let glyph = 0; glyph < count; glyph += 1) {
    const contourCount = streams.contours.int16();
    made.push(contourCount < 0 ? readComponents(streams) : readSimple(streams, contourCount));
  }
  const isSimple = (entry: Contours | Component[]): entry is Contours => entry.length === 0 || Array.isArray(entry[0]);
  const resolve = (glyph: number, depth = 0): Contours => {
    const entry = made[glyph] ?? [];
    if (isSimple(entry)) return entry;
    return depth > 5
      ? []
      : entry.flatMap((component) => resolve(component.glyph, depth + 1).map((contour) => contour.map(component.place)));
  };
  return made.map((_, glyph) => resolve(glyph));
}

function readSimple(streams: Streams, contourCount: number): Contours {
  const sizes = Array.from({ length: contourCount }, () => streams.points.short255());
  let [x, y] = [0, 0];
  const contours = sizes.map((size) =>
    Array.from({ length: size }, (): Point => {
      const flag = streams.flags.uint8();
      const [dx, dy] = readStep(flag & 127, streams.coordinates);
      x += dx;
      y += dy;
      return { x, y, isOnCurve: flag < 128 };
    }),
  );
  // How to hint comes after the outline; nothing here hints.
  if (contourCount > 0) streams.coordinates.short255();
  return contours;
}

/** A step from one point to the next: five lengths of coding, told apart by the flag. */
function readStep(flag: number, from: Reader): [dx: number, dy: number] {
  const signed = (bit: number, value: number) => (bit & 1 ? value : -value);
  if (flag < 10) return [0, signed(flag, ((flag & 14) << 7) + from.uint8())];
  if (flag < 20) return [signed(flag, (((flag - 10) & 14) << 7) + from.uint8()), 0];
  if (flag < 84) {
    const [code, byte] = [flag - 20, from.uint8()];
    return [signed(flag, 1 + (code & 48) + (byte >> 4)), signed(flag >> 1, 1 + ((code & 12) << 2) + (byte & 15))];
  }
  if (flag < 120) {
    const code = flag - 84;
    const [first, second] = [from.uint8(), from.uint8()];
    return [signed(flag, 1 + (Math.floor(code / 12) << 8) + first), signed(flag >> 1, 1 + ((Math.floor((code % 12) / 4) << 8) + second))];
  }
  if (flag < 124) {
    const [first, second, third] = [from.uint8(), from.uint8(), from.uint8()];
    return [signed(flag, (first << 4) + (second >> 4)), signed(flag >> 1, ((second & 15) << 8) + third)];
  }
  const [first, second] = [from.uint16(), from.uint16()];
  return [signed(flag, first), signed(flag >> 1, second)];
}

interface Component {
  glyph: number;
  place: (point: Point) => Point;
}

/** A glyph put together from others: a letter and its accent. Source: OpenType, `glyf`, composite glyph description. */
function readComponents({ composites: from, coordinates }: Streams): Component[] {
  const components: Component[] = [];
  let [flags, hasInstructions] = [32, false];
  const ratio = () => from.int16() / 16384;
  while (flags & 32) {
    flags = from.uint16();
    hasInstructions ||= (flags & 256) !== 0;
    const glyph = from.uint16();
    const [dx, dy] = flags & 1 ? [from.int16(), from.int16()] : [from.int8(), from.int8()];
    let [a, b, c, d] = [1, 0, 0, 1];
    if (flags & 8) a = d = ratio();
    else if (flags & 64) [a, d] = [ratio(), ratio()];
    else if (flags & 128) [a, b, c, d] = [ratio(), ratio(), ratio(), ratio()];
    components.push({ glyph, place: ({ x, y, isOnCurve }) => ({ x: a * x + c * y + dx, y: b * x + d * y + dy, isOnCurve }) });
  }
  if (hasInstructions) coordinates.short255();
  return components;
}

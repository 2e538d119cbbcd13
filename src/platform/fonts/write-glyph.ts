import type { Contours } from './glyphs.ts';

/** The box around an outline, in whole units of the font. */
interface Box {
  left: number;
  bottom: number;
  right: number;
  top: number;
}

/** The box of an outline; of an empty one, nothing. */
export function boxOf(contours: Contours): Box {
  const points = contours.flat().map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  if (points.length === 0) return { left: 0, bottom: 0, right: 0, top: 0 };
  return { left: Math.min(...xs), bottom: Math.min(...ys), right: Math.max(...xs), top: Math.max(...ys) };
}

/** An outline as a simple glyph, every step in two bytes. Source: OpenType, `glyf`. */
export function glyphBytes(contours: Contours): Buffer {
  const points = contours.flat();
  if (points.length === 0) return Buffer.alloc(0);
  const length = 10 + contours.length * 2 + 2 + points.length * 5;
  const bytes = Buffer.alloc(Math.ceil(length / 4) * 4);
  const { left, bottom, right, top } = boxOf(contours);
  let at = 0;
  const write = (value: number) => {
    at = bytes.writeInt16BE(value, at);
  };
  for (const value of [contours.length, left, bottom, right, top]) write(value);
  let last = -1;
  for (const contour of contours) {
    last += contour.length;
    write(last);
  }
  write(0);
  // The second bit says that outlines may overlap, as those of fonts with many weights do.
  for (const point of points) at = bytes.writeUInt8((point.isOnCurve ? 1 : 0) | 0x40, at);
  for (const axis of ['x', 'y'] as const) {
    let before = 0;
    for (const point of points) {
      const value = Math.round(point[axis]);
      write(value - before);
      before = value;
    }
  }
  return bytes;
}

import { type Brush, circle, n, shape, sheet } from './brush.ts';

/** Dunes or a sea: bands of one sine each, from far to near, under a low disc. */
export function waves({ palette, between, random }: Brush): string {
  const bands = [palette.near, palette.mid, palette.far, palette.cream, palette.far, palette.mid, palette.near];
  const disc = circle(sheet.width * between(0.2, 0.8), between(78, 118), between(40, 62), random() < 0.7 ? palette.spark : palette.cream);
  const turn = between(0, 6.28);
  const length = between(260, 420);
  const drawing = bands.map((color, index) => {
    const level = 128 + index * 38;
    const height = between(12, 26) + index * 2;
    const phase = turn + index * between(0.7, 1.3);
    let d = `M0 ${sheet.height}`;
    for (let x = 0; x <= sheet.width; x += 20) d += `L${x} ${n(level + height * Math.sin((x / length) * Math.PI * 2 + phase))}`;
    return shape(`${d}L${sheet.width} ${sheet.height}z`, color);
  });
  return disc + drawing.join('');
}

import { type Brush, circle, sheet } from './brush.ts';

/** Rings around one centre, with bodies that travel on them. */
export function orbits({ palette, between, random }: Brush): string {
  const [x, y] = [sheet.width * between(0.3, 0.7), sheet.height * between(0.4, 0.6)];
  const discs = [palette.near, palette.mid, palette.near];
  let drawing = discs.map((color, index) => circle(x, y, 300 - index * 88, color)).join('');
  for (let ring = 1; ring <= 8; ring++) {
    const r = 34 + ring * 40;
    const angle = between(0, 6.28);
    drawing += circle(x, y, r, palette.far, 1.4);
    const size = between(5, 19);
    const color = ring === 3 ? palette.spark : random() < 0.5 ? palette.cream : palette.far;
    drawing += circle(x + Math.cos(angle) * r, y + Math.sin(angle) * r * 0.98, size, color);
  }
  return drawing + circle(x, y, 40, palette.cream) + circle(x + 9, y - 7, 27, palette.spark);
}

import { type Brush, n, sheet } from './brush.ts';

/** A colonnade: rounded bars of many heights hanging from above and standing below, with a few bright stones. */
export function columns({ palette, between, random, pick }: Brush): string {
  const count = pick([8, 10, 12]);
  const step = sheet.width / count;
  const width = step * 0.6;
  const turn = between(0, 6.28);
  const speed = between(0.35, 0.75);
  const bar = (x: number, y: number, height: number, color: string) =>
    `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(Math.max(height, width))}" rx="${n(width / 2)}" fill="${color}"/>`;
  let drawing = '';
  for (let index = 0; index < count; index++) {
    const x = index * step + (step - width) / 2;
    const middle = sheet.height / 2 + Math.sin(turn + index * speed) * 74 + between(-14, 14);
    const gap = 12;
    const ball = width + gap;
    drawing += bar(
      x,
      -width,
      middle - ball / 2 - gap / 2 + width,
      index % 3 === 0 ? palette.far : index % 3 === 1 ? palette.mid : palette.near,
    );
    drawing += bar(x, middle - width / 2, width, random() < 0.3 ? palette.spark : palette.cream);
    drawing += bar(
      x,
      middle + ball / 2 + gap / 2,
      sheet.height,
      index % 3 === 0 ? palette.near : index % 3 === 1 ? palette.far : palette.mid,
    );
  }
  return drawing;
}

import { type Brush, circle, sheet } from './brush.ts';

/** Two or three stones in still water: rings that cross and make a moiré. */
export function ripples({ palette, between, random }: Brush): string {
  const inks = [palette.far, palette.cream, palette.mid];
  const sources = random() < 0.5 ? 2 : 3;
  const gap = between(11, 16);
  let drawing = '';
  for (let source = 0; source < sources; source++) {
    const x = sheet.width * ((source + 0.5) / sources) + between(-50, 50);
    const y = sheet.height * between(0.15, 0.85);
    const rings = source === 0 ? 24 : 16;
    for (let ring = 1; ring <= rings; ring++)
      drawing += circle(x, y, ring * gap, inks[source] ?? palette.cream, 1.6 + (ring % 5 === 0 ? 2.6 : 0));
    drawing += circle(x, y, gap * 0.55, source === 0 ? palette.spark : (inks[source] ?? palette.cream));
  }
  return drawing;
}

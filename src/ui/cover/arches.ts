import { type Brush, n, shape, sheet } from './brush.ts';

/** Doorways within doorways, in rows, some of them opening the other way up. */
export function arches({ palette, random, pick, between }: Brush): string {
  const width = pick([128, 160, 213.34]);
  const columns = Math.round(sheet.width / width);
  const rings = [palette.near, palette.mid, palette.far, palette.cream];
  const base = between(0.3, 1) > 0.5 ? sheet.height : sheet.height - 24;
  let drawing = '';
  for (let column = 0; column < columns; column++) {
    const x = (column + 0.5) * width;
    const radius = width / 2 - 8;
    const top = between(70, 190);
    const shift = Math.floor(random() * rings.length);
    const sparkling = random() < 0.3;
    for (let ring = 0; ring < 4; ring++) {
      const r = radius * (1 - ring * 0.25);
      const color = ring === 3 && sparkling ? palette.spark : (rings[(ring + shift) % rings.length] ?? palette.cream);
      drawing += shape(`M${n(x - r)} ${base}V${n(top + radius)}a${n(r)} ${n(r)} 0 0 1 ${n(2 * r)} 0V${base}z`, color);
    }
  }
  return drawing;
}

import { type Brush, circle, n, shape, sheet } from './brush.ts';

/** Hills seen from above, cut out of coloured paper, each layer a little smaller than the one beneath. */
export function contours({ palette, between, random }: Brush): string {
  const layers = [
    palette.near,
    palette.mid,
    palette.near,
    palette.far,
    palette.mid,
    palette.cream,
    palette.far,
    palette.mid,
    palette.ground,
  ];
  const [x, y] = [sheet.width * between(0.28, 0.72), sheet.height * between(0.35, 0.65)];
  const phases = [random() * 6.28, random() * 6.28, random() * 6.28];
  const [sway, ripple, flutter] = [between(0.16, 0.26), between(0.08, 0.14), between(0.03, 0.06)];
  const drift = between(-14, 14);
  const outline = (radius: number, step: number) => {
    const points: [number, number][] = [];
    for (let index = 0; index < 18; index++) {
      const angle = (index / 18) * Math.PI * 2;
      const wobble =
        sway * Math.sin(2 * angle + (phases[0] ?? 0)) +
        ripple * Math.sin(3 * angle + (phases[1] ?? 0) + step * 0.25) +
        flutter * Math.sin(5 * angle + (phases[2] ?? 0) - step * 0.3);
      points.push([x + drift * step + Math.cos(angle) * radius * 1.35 * (1 + wobble), y + Math.sin(angle) * radius * (1 + wobble)]);
    }
    return smooth(points);
  };
  const drawing = layers.map((color, step) => shape(outline(372 - step * 41, step * 0.5), color)).join('');
  return drawing + circle(x + drift * 4, y, 8, palette.spark);
}

/** A closed curve through points (Catmull–Rom turned into Béziers). */
function smooth(points: [number, number][]): string {
  const at = (index: number) => points[(index + points.length) % points.length] ?? [0, 0];
  let d = `M${n(at(0)[0])} ${n(at(0)[1])}`;
  for (let index = 0; index < points.length; index++) {
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    d += `C${n(from[0] + (to[0] - before[0]) / 6)} ${n(from[1] + (to[1] - before[1]) / 6)} ${n(to[0] - (after[0] - from[0]) / 6)} ${n(to[1] - (after[1] - from[1]) / 6)} ${n(to[0])} ${n(to[1])}`;
  }
  return `${d}z`;
}

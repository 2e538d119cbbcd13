import { type Brush, n, shape, sheet } from './brush.ts';

/** A sheet folded and opened again: triangles that catch the light by the way they face. */
export function folds({ palette, between }: Brush): string {
  const columns = 6;
  const rows = 4;
  const [stepX, stepY] = [sheet.width / columns, sheet.height / rows];
  const corner = (column: number, row: number): [number, number] => [
    column * stepX + (column > 0 && column < columns ? (jitter[row * (columns + 1) + column] ?? 0) * stepX : 0),
    row * stepY + (row > 0 && row < rows ? (jitter[(row + 7) * (columns + 1) + column] ?? 0) * stepY : 0),
  ];
  const jitter = Array.from({ length: (columns + 1) * (rows + 9) }, () => between(-0.24, 0.24));
  const tones = [palette.ground, palette.near, palette.near, palette.mid, palette.mid, palette.far, palette.cream];
  const bright = Math.floor(between(14, 34));
  const light = between(0, 6.28);
  let drawing = '';
  let faces = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [a, b, c, d] = [corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1)];
      const falling = (row + column) % 2 === 0;
      for (const face of falling
        ? [
            [a, b, c],
            [a, c, d],
          ]
        : [
            [a, b, d],
            [b, c, d],
          ]) {
        const slope = Math.sin(light + column * 0.55 + row * 0.7) + (face[1] === b ? 0.32 : -0.32) + between(-0.14, 0.14);
        const tone = tones[Math.max(0, Math.min(tones.length - 1, Math.round(((slope + 1.35) / 2.7) * (tones.length - 1))))];
        const color = faces++ === bright ? palette.spark : (tone ?? palette.mid);
        // A hair of the same colour closes the seam between neighbours.
        drawing += `<path d="M${face.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}z" fill="${color}" stroke="${color}" stroke-width="1.2"/>`;
      }
    }
  }
  return shape('M0 0h640v360H0z', palette.near) + drawing;
}

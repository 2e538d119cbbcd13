import { type Brush, circle, n, shape, sheet } from './brush.ts';

/** Morning: rays from a point on the horizon, cut by the rings of the light. */
export function rays({ palette, between, random }: Brush): string {
  const x = sheet.width * between(0.25, 0.75);
  const y = random() < 0.6 ? sheet.height : sheet.height * between(0.55, 0.75);
  const count = 18 + Math.floor(random() * 5) * 2;
  const reach = 780;
  const wedge = (index: number, width: number) => {
    const from = ((index - width / 2) / count) * Math.PI * 2;
    const to = ((index + width / 2) / count) * Math.PI * 2;
    return `M${n(x)} ${n(y)}L${n(x + Math.cos(from) * reach)} ${n(y + Math.sin(from) * reach)}L${n(x + Math.cos(to) * reach)} ${n(y + Math.sin(to) * reach)}z`;
  };
  let drawing = '';
  for (let index = 0; index < count; index++) drawing += shape(wedge(index, 0.5), index % 2 === 0 ? palette.near : palette.mid);
  const radius = between(70, 100);
  drawing += circle(x, y, radius * 2.1, palette.far) + circle(x, y, radius * 1.55, palette.cream) + circle(x, y, radius, palette.spark);
  if (y < sheet.height) drawing += shape(`M0 ${n(y)}H640V360H0z`, palette.ground) + horizon(y, palette.far, radius * 2.1, x);
  return drawing;
}

function horizon(y: number, color: string, half: number, x: number): string {
  let drawing = '';
  for (let step = 1; y + step * 16 < sheet.height; step++) {
    const width = half * (1 - step * 0.13);
    if (width > 0)
      drawing += `<rect x="${n(x - width)}" y="${n(y + step * 16 - 6)}" width="${n(width * 2)}" height="5" rx="2.5" fill="${color}"/>`;
  }
  return drawing;
}

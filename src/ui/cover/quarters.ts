import { type Brush, circle, n, shape, sheet } from './brush.ts';

const tile = 80;

/** Quarter circles, leaves and discs on a tiled floor. */
export function quarters({ palette, random, pick }: Brush): string {
  const tones: [string, ...string[]] = [palette.near, palette.mid, palette.far, palette.cream, palette.near, palette.mid];
  let drawing = '';
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < sheet.width / tile; column++) {
      const [x, y] = [column * tile, row * tile - 20];
      const kind = random();
      const color = random() < 0.09 ? palette.spark : pick(tones);
      if (kind < 0.12) continue;
      if (kind < 0.5) drawing += shape(quarter(x, y, Math.floor(random() * 4), tile), color);
      else if (kind < 0.66) {
        const corner = Math.floor(random() * 4);
        drawing +=
          shape(quarter(x, y, corner, tile), color) + shape(quarter(x, y, corner, tile / 2), pick([palette.ground, palette.cream]));
      } else if (kind < 0.84) drawing += shape(leaf(x, y, random() < 0.5), color);
      else if (kind < 0.93)
        drawing += circle(x + tile / 2, y + tile / 2, tile / 2, color) + circle(x + tile / 2, y + tile / 2, tile / 5, palette.ground);
      else drawing += `<rect x="${x}" y="${y}" width="${tile}" height="${tile}" fill="${color}"/>`;
    }
  }
  return drawing;
}

/** A quarter disc in one corner of a tile, corners counted clockwise from the top left. */
function quarter(x: number, y: number, corner: number, r: number): string {
  const left = corner === 0 || corner === 3;
  const top = corner < 2;
  const cx = left ? x : x + tile;
  const cy = top ? y : y + tile;
  const dx = left ? r : -r;
  const dy = top ? r : -r;
  return `M${n(cx)} ${n(cy)}h${n(dx)}A${n(r)} ${n(r)} 0 0 ${left === top ? 1 : 0} ${n(cx)} ${n(cy + dy)}z`;
}

function leaf(x: number, y: number, rising: boolean): string {
  return rising
    ? `M${x} ${y + tile}A${tile} ${tile} 0 0 1 ${x + tile} ${y}A${tile} ${tile} 0 0 1 ${x} ${y + tile}z`
    : `M${x} ${y}A${tile} ${tile} 0 0 1 ${x + tile} ${y + tile}A${tile} ${tile} 0 0 1 ${x} ${y}z`;
}

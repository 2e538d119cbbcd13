import { AppError } from '#platform/errors.ts';
import { openPictures } from '#platform/pictures.server.ts';
import { markSvg } from '#ui/mark.ts';

/** The icons by which a device shows the school: pixels, and how much of the sheet the mark takes. A mask may cut the outer fifth away. */
const icons = {
  '180': { size: 180, part: 0.68 },
  '192': { size: 192, part: 0.72 },
  '512': { size: 512, part: 0.72 },
  'maskable-512': { size: 512, part: 0.52 },
} as const;

const made = new Map<string, Promise<Buffer>>();

/** The school's mark as a PNG of one of a few sizes. */
export async function schoolIcon(name: string): Promise<Buffer> {
  const icon = Object.hasOwn(icons, name) ? icons[name as keyof typeof icons] : undefined;
  if (!icon) throw new AppError('not-found', 'There is no such icon.');
  const png = made.get(name) ?? draw(icon);
  made.set(name, png);
  return png;
}

async function draw({ size, part }: { size: number; part: number }): Promise<Buffer> {
  const space = (size * (1 - part)) / 2;
  const sheet = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="100%" height="100%" fill="#fbf7f0"/>${markSvg({ x: space, y: space, size: size * part })}</svg>`;
  const sharp = await openPictures();
  return sharp(Buffer.from(sheet)).png({ compressionLevel: 9 }).toBuffer();
}

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Sharp } from 'sharp';
import type { Context } from '#platform/context.ts';
import { AppError, messageOf } from '#platform/errors.ts';
import { newId, type UserId } from '#platform/ids.ts';
import { openPictures } from '#platform/pictures.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { recordedFile } from '../files/file-rows.ts';
import { type ContentType, sniff, sniffedBytes } from '../files/sniff.ts';
import { keyOf, type StoredFile, type Variant, type Visibility } from '../files/stored-file.ts';
import { mayStoreFor } from '../policy.ts';

export interface NewImage {
  bytes: Uint8Array;
  /** What its owner calls it. */
  name: string;
  ownerId: UserId | null;
  visibility?: Visibility;
}

/** Largest image file that is opened, and the most pixels in it: a small file can unfold to a huge picture. */
export const largestImageBytes = 25 * 1024 * 1024;
const mostPixels = 80_000_000;
const widest = 1920;
const highest = 8000;
const variantWidths = [640, 1280];

/** Changes when the way of encoding does, so that a picture stored in the old way is made anew. */
const form = 'webp-avif-1';
const accepted: readonly ContentType[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

/**
 * Stores a picture's bytes, without its row yet (see `recordFiles`): known by its bytes, turned upright, at most 1920 pixels wide, as WebP without
 * the metadata of camera and place, in smaller sizes, and each once more as AVIF where that is smaller still. Refuses with `invalid` what is no picture, and SVG, which is a program.
 */
export async function prepareImage(ctx: Context, image: NewImage): Promise<StoredFile> {
  const { ownerId, visibility = 'PUBLIC' } = image;
  if (!mayStoreFor(ctx.actor, ownerId)) throw new AppError('forbidden', 'You cannot keep files for someone else.');
  if (image.bytes.length > largestImageBytes)
    throw new AppError('invalid', `The picture has more than ${largestImageBytes / 1024 / 1024} MB.`);
  const type = sniff(image.bytes.subarray(0, sniffedBytes));
  if (type === 'image/svg+xml')
    throw new AppError('invalid', 'SVG pictures can carry programs and are not accepted: save it as PNG or WebP.');
  if (!accepted.includes(type)) throw new AppError('invalid', 'This is no picture (PNG, JPEG, GIF, WebP or AVIF).');
  const key = keyOf({ ownerId, visibility, form, sha256: createHash('sha256').update(image.bytes).digest('hex') }, 'webp');
  return (await recordedFile(ctx, key)) ?? encode({ ...image, visibility }, key, type);
}

async function encode(image: NewImage & { visibility: Visibility }, key: string, type: ContentType): Promise<StoredFile> {
  const sharp = await openPictures();
  const picture = sharp(image.bytes, {
    animated: type === 'image/gif' || type === 'image/webp',
    limitInputPixels: mostPixels,
    failOn: 'error',
  }).autoOrient();
  const isStill = ((await readable(picture.metadata())).pages ?? 1) === 1;
  const main = await encodeTo(picture, widest, 'webp');
  const variants: Variant[] = [];
  const keep = async (width: number, encoded: Encoded) => {
    const base = key.replace(/\.webp$/, `-${width}`);
    if (width < main.width) variants.push(await put(`${base}.webp`, encoded));
    const smaller = isStill ? await encodeTo(picture, width, 'avif') : encoded;
    if (smaller.bytes.length < encoded.bytes.length) variants.push(await put(`${base}.avif`, smaller));
  };
  for (const width of variantWidths.filter((width) => width < main.width)) await keep(width, await encodeTo(picture, width, 'webp'));
  await keep(main.width, main);
  await put(key, main);
  return {
    id: newId<'file'>(),
    key,
    name: image.name,
    contentType: 'image/webp',
    sizeBytes: main.bytes.length,
    sha256: createHash('sha256').update(main.bytes).digest('hex'),
    visibility: image.visibility,
    ownerId: image.ownerId,
    width: main.width,
    height: main.height,
    variants,
    isRecorded: false,
  };
}

interface Encoded {
  bytes: Uint8Array;
  width: number;
  height: number;
  contentType: 'image/webp' | 'image/avif';
}

async function encodeTo(picture: Sharp, width: number, format: 'webp' | 'avif'): Promise<Encoded> {
  const sized = picture.clone().resize({ width, height: highest, fit: 'inside', withoutEnlargement: true });
  const encoded =
    format === 'webp' ? sized.webp({ quality: 84, effort: 4, smartSubsample: true }) : sized.avif({ quality: 60, effort: 2, bitdepth: 8 });
  const { data, info } = await readable(encoded.toBuffer({ resolveWithObject: true }));
  // Of an animation `height` is that of all its frames one under another.
  return { bytes: data, width: info.width, height: info.pageHeight ?? info.height, contentType: `image/${format}` };
}

async function readable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw new AppError('invalid', `The picture cannot be read (${messageOf(error).split('\n')[0]}).`, { cause: error });
  }
}

async function put(key: string, { bytes, width, height, contentType }: Encoded): Promise<Variant> {
  const { storage } = runtime();
  await storage.settle(await storage.receive(Readable.from([bytes])), key);
  return { key, width, height, contentType, sizeBytes: bytes.length };
}

import type { Sharp } from 'sharp';
import { AppError } from '#platform/errors.ts';
import { openPictures } from '#platform/pictures.server.ts';
import { type ContentType, sniff, sniffedBytes } from '../files/sniff.ts';
import { type Crop, cropWithin, smallestCrop } from './crop.ts';

/** The largest file that is taken as a person's picture, and the most pixels in it: a small file can unfold to a huge picture. */
export const largestAvatarBytes = 10 * 1024 * 1024;
const mostPixels = 40_000_000;
/** A picture that takes longer to open is made to take long. */
const mostSeconds = 20;

/** The sizes that are kept: the first for a page about the person, the others for beside a name. */
const avatarSizes = [512, 256, 96] as const;

const accepted: readonly ContentType[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

export interface EncodedAvatar {
  crop: Crop;
  sizes: { size: number; bytes: Uint8Array }[];
}

/**
 * Cuts a square out of a picture and encodes it as WebP without the metadata of camera and place. Of an animation the first frame counts. Refuses
 * with `invalid` what is no picture by its bytes, broken, too large or too small, and SVG, which is a program.
 */
export async function encodeAvatar(bytes: Uint8Array, wish?: Crop): Promise<EncodedAvatar> {
  if (bytes.length === 0) throw refusal('Choose a picture first.');
  if (bytes.length > largestAvatarBytes)
    throw refusal(`The picture has more than ${largestAvatarBytes / 1024 / 1024} MB. Choose a smaller one.`);
  const type = sniff(bytes.subarray(0, sniffedBytes));
  if (type === 'image/svg+xml') throw refusal('SVG pictures can carry programs and are not accepted. Save it as PNG or WebP.');
  if (!accepted.includes(type)) throw refusal('This is no picture that we can read. Choose a JPEG, PNG, WebP, GIF or AVIF file.');
  const upright = await open(bytes);
  if (Math.min(upright.width, upright.height) < smallestCrop)
    throw refusal(`The picture is too small. It needs at least ${smallestCrop} × ${smallestCrop} pixels.`);
  const crop = cropWithin(upright, wish);
  const square = await readable(
    upright.picture
      .extract({ left: crop.x, top: crop.y, width: crop.size, height: crop.size })
      .resize(avatarSizes[0], avatarSizes[0])
      .png({ compressionLevel: 0 })
      .toBuffer(),
  );
  const sharp = await openPictures();
  const sizes = await Promise.all(
    avatarSizes.map(async (size) => ({
      size,
      bytes: await sharp(square).resize(size, size).webp({ quality: 82, effort: 4, smartSubsample: true }).toBuffer(),
    })),
  );
  return { crop, sizes };
}

async function open(bytes: Uint8Array): Promise<{ picture: Sharp; width: number; height: number }> {
  const sharp = await openPictures();
  const picture = sharp(bytes, { pages: 1, limitInputPixels: mostPixels, failOn: 'error' }).timeout({ seconds: mostSeconds }).autoOrient();
  const { autoOrient } = await readable(picture.metadata());
  if (autoOrient.width * autoOrient.height > mostPixels) throw tooManyPixels();
  return { picture, ...autoOrient };
}

async function readable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (/pixel limit/i.test(String(error))) throw tooManyPixels();
    throw refusal('The picture is broken or not complete. Choose another one, or save it anew.', error);
  }
}

const tooManyPixels = () => refusal(`The picture has more than ${mostPixels / 1_000_000} million pixels. Choose a smaller one.`);

function refusal(message: string, cause?: unknown): AppError {
  return new AppError('invalid', message, { fields: { picture: message }, cause });
}

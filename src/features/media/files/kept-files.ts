import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type FileId, newId, type UserId } from '#platform/ids.ts';
import { openPictures } from '#platform/pictures.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { largestImageBytes } from '../pictures/prepare-image.ts';
import { mayStoreFor } from '../policy.ts';
import { recordedFile } from './file-rows.ts';
import { endings, sniff, sniffedBytes } from './sniff.ts';
import { keyOf, type StoredFile, type Variant, type Visibility } from './stored-file.ts';

/** A stored file with what is needed to hand out all of its bytes. */
export interface KeptFile {
  id: FileId;
  key: string;
  name: string;
  contentType: string;
  sizeBytes: number;
  sha256: string;
  visibility: Visibility;
  width: number | null;
  height: number | null;
  variants: Variant[];
}

const files = statement<KeptFile, [ids: readonly string[], keys: readonly string[]]>(
  `select id, key, name, content_type as "contentType", size_bytes::float8 as "sizeBytes", sha256, visibility, width, height, variants from files
    where (id = any ($1::uuid[]) or key = any ($2) and visibility = 'PUBLIC') and state = 'READY' and sha256 is not null order by id`,
);

/**
 * The files of these ids, and the public ones of these keys. DANGEROUS: whoever calls has made sure that the actor may have what shows the ids; a key may
 * come from anybody's text, and opens nothing private.
 */
export function filesOfDangerouslyUnchecked(ctx: Context, input: { ids: readonly FileId[]; keys: readonly string[] }): Promise<KeptFile[]> {
  return asActor(ctx, (sql) => sql(files, input.ids, input.keys));
}

/** A picture that was encoded here once, with its smaller sizes, each a file of this machine. */
export interface KeptImage {
  path: string;
  variants: { path: string; width: number; height: number }[];
}

const form = 'kept-1';
const types: readonly string[] = ['image/webp', 'image/avif', 'image/png', 'image/jpeg', 'image/gif'];

/** Stores a picture that was encoded here before as it is: encoded again it would lose by it. Refuses with `invalid` what is no picture. */
export async function prepareKeptImage(ctx: Context, image: KeptImage & { name: string; ownerId: UserId }): Promise<StoredFile> {
  const { ownerId, name } = image;
  if (!mayStoreFor(ctx.actor, ownerId)) throw new AppError('forbidden', 'You cannot keep files for someone else.');
  const main = await readPicture(image.path);
  const key = keyOf({ ownerId, visibility: 'PUBLIC', form, sha256: main.sha256 }, endings[main.contentType]);
  const known = await recordedFile(ctx, key);
  if (known) return known;
  const variants: Variant[] = [];
  for (const { path } of image.variants) {
    const { bytes, sha256: _, ...facts } = await readPicture(path);
    const ending = endings[facts.contentType];
    const own = `${key.slice(0, key.lastIndexOf('.'))}-${facts.width}.${ending}`;
    await runtime().storage.put(own, bytes);
    variants.push({ key: own, ...facts, sizeBytes: bytes.length });
  }
  const { bytes, ...facts } = main;
  await runtime().storage.put(key, bytes);
  return { id: newId<'file'>(), key, name, ...facts, sizeBytes: bytes.length, visibility: 'PUBLIC', ownerId, variants, isRecorded: false };
}

async function readPicture(path: string) {
  const bytes = await readFile(path);
  const contentType = sniff(bytes.subarray(0, sniffedBytes));
  if (bytes.length > largestImageBytes || !types.includes(contentType))
    throw new AppError('invalid', 'This is no picture that is kept here.');
  const sharp = await openPictures();
  const { width, height, pageHeight } = await sharp(bytes).metadata();
  return { bytes, contentType, sha256: createHash('sha256').update(bytes).digest('hex'), width, height: pageHeight ?? height };
}

/** The hash of a file of this machine. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

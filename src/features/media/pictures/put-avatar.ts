import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { runtime } from '#platform/runtime.server.ts';
import { deleteUnrecorded, holdKey, removeFile } from '../files/delete-unrecorded.ts';
import { recordFiles } from '../files/file-rows.ts';
import { fileUrl, keyOf, type StoredFile } from '../files/stored-file.ts';
import type { Crop } from './crop.ts';
import { type EncodedAvatar, encodeAvatar } from './encode-avatar.ts';

/** A picture that stands beside a name. */
export interface AvatarPicture {
  /** Its address in the size that stands beside a name. */
  url: string;
  key: string;
}

/** Writes down whose picture it is, in the transaction that records it, and tells which picture of theirs it replaces. */
export type UseAvatar = (ctx: Context, picture: AvatarPicture | null) => Promise<{ replacedKey: string | null }>;

const place = z.number().min(0, 'Choose the part of the picture again.').max(100_000, 'Choose the part of the picture again.');
const cropSchema = z.object({ x: place, y: place, size: place }).optional();

const uploads = { name: 'avatar-upload', attempts: 30, perSeconds: 3600 };
const name = 'avatar.webp';
const form = 'avatar-1';
/** The size that stands beside a name. */
const urlSize = 256;

/**
 * Stores the acting person's picture as a public file: cropped (in the center unless they chose), upright, as WebP in small sizes, without what the
 * camera noted. The one it replaces goes, row and bytes. What was refused leaves nothing.
 */
export async function putAvatar(ctx: Context, input: { bytes: Uint8Array; crop?: Crop }, use: UseAvatar): Promise<AvatarPicture> {
  const person = requirePerson(ctx);
  const wish = parseInput(cropSchema, input.crop);
  await runtime().rateLimiter.attempt(uploads, person.id);
  const encoded = await encodeAvatar(input.bytes, wish);
  const file = fileOf(person, input.bytes, encoded);
  const picture = { key: file.key, url: fileUrl(keyOfSize(file.key, urlSize)) };
  try {
    await inTransaction(ctx, async (ctx) => {
      await holdKey(ctx, file.key);
      for (const { size, bytes } of encoded.sizes) await store(keyOfSize(file.key, size), bytes);
      await recordFiles(ctx, [file]);
      const { replacedKey } = await use(ctx, picture);
      if (replacedKey && replacedKey !== file.key) await removeFile(ctx, { key: replacedKey, ownerId: person.id });
    });
  } catch (error) {
    await deleteUnrecorded(ctx, { key: file.key, objectKeys: objectKeysOf(file) });
    throw error;
  }
  return picture;
}

/** Takes the acting person's picture away, row and bytes. */
export async function removeAvatar(ctx: Context, use: UseAvatar): Promise<void> {
  const person = requirePerson(ctx);
  await inTransaction(ctx, async (ctx) => {
    const { replacedKey } = await use(ctx, null);
    if (replacedKey) await removeFile(ctx, { key: replacedKey, ownerId: person.id });
  });
}

const keyOfSize = (key: string, size: number) => (size === 512 ? key : key.replace(/\.webp$/, `-${size}.webp`));
const objectKeysOf = (file: StoredFile) => [file.key, ...file.variants.map((variant) => variant.key)];
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function fileOf(person: Person, original: Uint8Array, { crop, sizes }: EncodedAvatar): StoredFile {
  const visibility = 'PUBLIC';
  const partOf = [form, crop.x, crop.y, crop.size].join(' ');
  const key = keyOf({ ownerId: person.id, visibility, form: partOf, sha256: sha256Of(original) }, 'webp');
  const [main, ...smaller] = sizes;
  return {
    id: newId<'file'>(),
    key,
    // Not what its owner called it: the name travels with a public file.
    name,
    contentType: 'image/webp',
    sizeBytes: main!.bytes.length,
    sha256: sha256Of(main!.bytes),
    visibility,
    ownerId: person.id,
    width: main!.size,
    height: main!.size,
    variants: smaller.map(({ size, bytes }) => ({
      key: keyOfSize(key, size),
      width: size,
      height: size,
      contentType: 'image/webp',
      sizeBytes: bytes.length,
    })),
    isRecorded: false,
  };
}

async function store(key: string, bytes: Uint8Array): Promise<void> {
  const { storage } = runtime();
  await storage.settle(await storage.receive(Readable.from([bytes])), key);
}

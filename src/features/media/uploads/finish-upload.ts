import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { bytesInWords } from '../files/bytes-in-words.ts';
import { holdKey } from '../files/delete-unrecorded.ts';
import { recordedFile, recordFiles } from '../files/file-rows.ts';
import { endings } from '../files/sniff.ts';
import { keyOf, type StoredFile } from '../files/stored-file.ts';
import { prepareImage } from '../pictures/prepare-image.ts';
import { dropUpload } from './drop-upload.ts';
import { inspectUpload } from './inspect-upload.ts';
import { ownFile, type UploadedFile } from './own-file.ts';
import { type OwnUpload, ownUpload } from './own-upload.ts';
import { purposes } from './purposes.ts';
import { clearStaging, stagedBytes, stagingPath } from './staging.ts';

/** Uploads of this process that are being finished: who asks twice waits for the same work. */
const underWay = new Map<string, Promise<UploadedFile>>();

/**
 * Makes a file of an upload whose bytes are all here; asked again it gives the same file, whatever came between. What is refused leaves neither
 * row nor byte.
 */
export async function finishUpload(ctx: Context, { uploadId }: { uploadId: string }): Promise<UploadedFile> {
  const upload = await ownUpload(ctx, { uploadId });
  const known = underWay.get(upload.id);
  if (known) return known;
  const work = finish(ctx, upload).finally(() => underWay.delete(upload.id));
  underWay.set(upload.id, work);
  return work;
}

async function finish(ctx: Context, upload: OwnUpload): Promise<UploadedFile> {
  const { purpose } = upload;
  if (!upload.fileId) {
    const here = (await stagedBytes(upload.id))?.sizeBytes ?? 0;
    if (here < upload.sizeBytes)
      throw new AppError('conflict', `Only ${bytesInWords(here)} of ${bytesInWords(upload.sizeBytes)} are here yet.`);
    await record(ctx, upload, await store(ctx, upload));
  }
  const finished = await ownUpload(ctx, { uploadId: upload.id });
  await clearStaging(upload.id);
  return ownFile(ctx, { fileId: finished.fileId ?? '', purpose });
}

/** Puts the bytes where they stay, looked at and, of a picture, made anew. */
async function store(ctx: Context, upload: OwnUpload): Promise<StoredFile> {
  const path = stagingPath(upload.id);
  try {
    const contentType = await inspectUpload(path, upload);
    if (upload.purpose === 'image')
      return await prepareImage(ctx, { bytes: await readFile(path), name: upload.name, ownerId: upload.ownerId });
    const { visibility } = purposes[upload.purpose];
    const sha256 = await sha256Of(path);
    const key = keyOf({ ownerId: upload.ownerId, visibility, form: 'original', sha256 }, endings[contentType]);
    const known = await recordedFile(ctx, key);
    if (known) return known;
    await runtime().storage.putFile(path, key);
    const { name, ownerId, sizeBytes } = upload;
    const facts = { width: null, height: null, variants: [], isRecorded: false };
    return { id: newId<'file'>(), key, name, contentType, sizeBytes, sha256, visibility, ownerId, ...facts };
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid') await dropUpload(ctx, { uploadId: upload.id });
    throw error;
  }
}

/** Writes the file's row and names it in the upload's, at once. */
async function record(ctx: Context, upload: OwnUpload, file: StoredFile): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await holdKey(ctx, file.key);
    // The same bytes, unused, may have been swept in this moment.
    if (!(await runtime().storage.exists(file.key)))
      throw new AppError('unavailable', 'The file could not be kept. Try again in a moment.');
    const ids = await recordFiles(ctx, [file]);
    await ctx.db.prisma.upload.updateMany({
      where: { id: upload.id, fileId: null },
      data: { fileId: ids.get(file.key)!, finishedAt: ctx.now },
    });
  });
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}

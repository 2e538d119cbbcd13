import { createHash } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { newId, type UserId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { mayStoreFor } from '../policy.ts';
import { recordedFile } from './file-rows.ts';
import { type ContentType, endings, sniff, sniffedBytes } from './sniff.ts';
import { keyOf, type StoredFile, type Visibility } from './stored-file.ts';

export interface NewFile {
  content: Readable;
  name: string;
  ownerId: UserId | null;
  visibility: Visibility;
  /** Types that are taken, known by the bytes. Any, when it is left out. */
  accept?: readonly ContentType[];
  largestBytes: number;
}

/** Stores a file's bytes as they are, streaming, without its row yet (see `recordFiles`). Refuses with `invalid` what is too large or of another type. */
export async function prepareFile(ctx: Context, file: NewFile): Promise<StoredFile> {
  const { ownerId, visibility, name } = file;
  if (!mayStoreFor(ctx.actor, ownerId)) throw new AppError('forbidden', 'You cannot keep files for someone else.');
  const { storage } = runtime();
  const meter = new Meter(file.largestBytes);
  const received = await storage.receive(file.content, meter);
  const { contentType, sha256, sizeBytes } = meter;
  const key = keyOf({ ownerId, visibility, form: 'original', sha256 }, endings[contentType]);
  const known = file.accept && !file.accept.includes(contentType) ? 'refused' : await recordedFile(ctx, key);
  if (known) await storage.delete(received);
  if (known === 'refused') throw new AppError('invalid', `The bytes of ${name} are ${contentType}, not ${file.accept?.join(' or ')}.`);
  if (known) return known;
  await storage.settle(received, key);
  return {
    id: newId<'file'>(),
    key,
    name,
    contentType,
    sizeBytes,
    sha256,
    visibility,
    ownerId,
    width: null,
    height: null,
    variants: [],
    isRecorded: false,
  };
}

/** Lets bytes pass while it counts and hashes them and looks at the first. */
class Meter extends Transform {
  readonly #hash = createHash('sha256');
  readonly #largestBytes: number;
  #head = Buffer.alloc(0);
  sizeBytes = 0;

  constructor(largestBytes: number) {
    super();
    this.#largestBytes = largestBytes;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null, data?: Buffer) => void): void {
    this.sizeBytes += chunk.length;
    if (this.sizeBytes > this.#largestBytes) {
      done(new AppError('invalid', `The file has more than ${Math.ceil(this.#largestBytes / 1024 / 1024)} MB.`));
      return;
    }
    if (this.#head.length < sniffedBytes) this.#head = Buffer.concat([this.#head, chunk.subarray(0, sniffedBytes - this.#head.length)]);
    this.#hash.update(chunk);
    done(null, chunk);
  }

  get contentType(): ContentType {
    return sniff(this.#head);
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }
}

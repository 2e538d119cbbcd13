import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, type Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Disk, type DriveDirectory, type DriveFile } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { newId } from './ids.ts';
import type { StoragePlace } from './storage-place.ts';
import { S3Storage } from './storage-s3.server.ts';

/** Where files' bytes are kept; their rows are in the media feature. Keys are made from content, never from a person's words. */
export interface Storage extends Disk {
  /** What the rows of its files say of where they are. */
  readonly kind: 'LOCAL' | 'S3';
  /** Writes bytes, passed through a meter if there is one, under a key that nobody knows, because their own is only known once all are here. Gives that key. */
  receive(content: Readable, meter?: Transform): Promise<string>;
  /** Moves what was received to its own key, all at once: whoever finds the key finds all bytes. */
  settle(received: string, key: string): Promise<void>;
  /**
   * Makes the bytes of a file of this machine's disk the object of a key, all at once. Costs no copy where both are on one disk: from then on nobody
   * changes the file's bytes; whoever made it removes it.
   */
  putFile(path: string, key: string): Promise<void>;
  /** Some of an object's bytes, from `start` to `end`, both included. */
  getRange(key: string, range: { start: number; end: number }): Readable;
  /** For what can only read from a disk: lends a path with an object's bytes, to be read and not changed, until `use` is done. */
  withLocalCopy<Result>(key: string, use: (path: string) => Promise<Result>): Promise<Result>;
}

class FolderStorage extends Disk implements Storage {
  readonly kind = 'LOCAL';
  readonly #folder: string;

  constructor(folder: string) {
    super(new FSDriver({ location: folder, visibility: 'private' }));
    this.#folder = folder;
  }

  async receive(content: Readable, meter: Transform = new PassThrough()): Promise<string> {
    const received = newIncoming();
    const target = await this.#roomFor(received);
    try {
      await pipeline(content, meter, createWriteStream(target));
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
    return received;
  }

  async settle(received: string, key: string): Promise<void> {
    await rename(this.#pathOf(received), await this.#roomFor(key));
  }

  async putFile(path: string, key: string): Promise<void> {
    const received = newIncoming();
    const passing = await this.#roomFor(received);
    try {
      // A folder on another disk, or on one that cannot give a file two names, gets a copy.
      await link(path, passing).catch(() => copyFile(path, passing));
      await this.settle(received, key);
    } finally {
      // Renaming one name of a file to another of the same file leaves both.
      await rm(passing, { force: true });
    }
  }

  getRange(key: string, range: { start: number; end: number }): Readable {
    return createReadStream(this.#pathOf(key), range);
  }

  withLocalCopy<Result>(key: string, use: (path: string) => Promise<Result>): Promise<Result> {
    return use(this.#pathOf(key));
  }

  async #roomFor(key: string): Promise<string> {
    const path = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    return path;
  }

  /** The disk's own idea of the key, which refuses what leads out of the folder. */
  #pathOf(key: string): string {
    return join(this.#folder, this.file(key).key);
  }
}

const newIncoming = () => `incoming/${newId()}`;

/** Storage at a place; `scratchDir` takes what is lent from a far one. Nothing is reached before something is asked. */
export function openStorage(place: StoragePlace, scratchDir: string): Storage {
  return place.kind === 'folder' ? new FolderStorage(place.folder) : new S3Storage(place, scratchDir);
}

/** All objects and folders directly at a place, however many: a bucket tells a thousand at a time. */
export async function* everythingAt(storage: Storage, prefix: string): AsyncGenerator<DriveFile | DriveDirectory> {
  for (let paginationToken: string | undefined; ; ) {
    const page = await storage.listAll(prefix, paginationToken ? { paginationToken } : {});
    yield* page.objects;
    paginationToken = page.paginationToken;
    if (!paginationToken) return;
  }
}

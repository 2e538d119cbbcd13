import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, type Readable, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { newId } from './ids.ts';

/** Where files' bytes are kept; their rows are in the media feature. Keys are made from content, never from a person's words. */
export interface Storage extends Disk {
  /** Writes bytes, passed through a meter if there is one, under a key that nobody knows, because their own is only known once all are here. Gives that key. */
  receive(content: Readable, meter?: Transform): Promise<string>;
  /** Moves what was received to its own key, all at once: whoever finds the key finds all bytes. */
  settle(received: string, key: string): Promise<void>;
  /** Some of an object's bytes, from `start` to `end`, both included. */
  getRange(key: string, range: { start: number; end: number }): Readable;
}

class FolderStorage extends Disk implements Storage {
  readonly #folder: string;

  constructor(folder: string) {
    super(new FSDriver({ location: folder, visibility: 'private' }));
    this.#folder = folder;
  }

  async receive(content: Readable, meter: Transform = new PassThrough()): Promise<string> {
    const received = `incoming/${newId()}`;
    const target = this.#pathOf(received);
    await mkdir(dirname(target), { recursive: true });
    try {
      await pipeline(content, meter, createWriteStream(target));
    } catch (error) {
      await rm(target, { force: true });
      throw error;
    }
    return received;
  }

  async settle(received: string, key: string): Promise<void> {
    const target = this.#pathOf(key);
    await mkdir(dirname(target), { recursive: true });
    await rename(this.#pathOf(received), target);
  }

  getRange(key: string, range: { start: number; end: number }): Readable {
    return createReadStream(this.#pathOf(key), range);
  }

  /** The disk's own idea of the key, which refuses what leads out of the folder. */
  #pathOf(key: string): string {
    return join(this.#folder, this.file(key).key);
  }
}

/** Storage in a folder of this machine. */
export function openStorage(folder: string): Storage {
  return new FolderStorage(folder);
}

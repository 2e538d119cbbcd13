import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#platform/errors.ts';
import type { Item } from '../report.ts';
import { limits } from './source-tree.ts';

type Bytes = AsyncIterable<Buffer>;

/** An archive on its way into a folder of its own: what may still come, and what was not taken. */
export class Unpacking {
  readonly leftOut: Item[] = [];
  readonly #folder: string;
  readonly #seen = new Set<string>();
  #bytesLeft: number;
  #entries = 0;
  #files = 0;

  constructor(folder: string, archiveBytes: number) {
    this.#folder = folder;
    this.#bytesLeft = Math.min(limits.unpackedBytes, Math.max(limits.unsuspiciousBytes, archiveBytes * limits.ratio));
  }

  /** Counts an entry, whatever it is: folders and links are no files, but a million of them is no course. */
  countEntry(): void {
    this.#entries += 1;
    if (this.#entries > limits.entries) throw new AppError('invalid', `The archive has more than ${limits.entries} entries. Nothing was imported.`);
  }

  countFile(): void {
    this.#files += 1;
    if (this.#files > limits.files) throw new AppError('invalid', `The archive has more than ${limits.files} files. Nothing was imported.`);
  }

  /** Why a file of this name cannot be taken; undefined when it can, which takes the name. */
  refusalOf(path: string): string | undefined {
    const segments = path.split('/');
    const isHeld = segments.every((segment) => segment !== '' && segment !== '.' && Buffer.byteLength(segment) <= 255);
    if (segments.length > limits.depth || path.includes('\0') || !isHeld) return 'a name that no folder can hold';
    if (path.includes('\uFFFD')) return 'a name that is not written in UTF-8';
    // Two names that a disk may take for one would let the second overwrite the first.
    const name = path.normalize('NFC').toLowerCase();
    if (this.#seen.has(name)) return 'a second file of this name';
    this.#seen.add(name);
    return undefined;
  }

  /** Writes a file's bytes, which pass through the meter on their way. */
  async write(path: string, open: () => Bytes | Promise<Bytes>, meter: Transform): Promise<void> {
    const target = join(this.#folder, path);
    await mkdir(dirname(target), { recursive: true });
    await pipeline(await open(), meter, createWriteStream(target, { flags: 'wx' }));
  }

  /** Lets bytes pass as long as there may be more. */
  counter(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#bytesLeft -= chunk.length;
        if (this.#bytesLeft < 0)
          done(new AppError('invalid', 'The archive unpacks to far more than its size allows (a zip bomb?). Nothing was imported.'));
        else done(null, chunk);
      },
    });
  }
}

/** The refusal of an archive with a name that leads out of it. */
export function leadsOut(archive: string, name: string): AppError {
  return new AppError('invalid', `${archive} holds a path that leads out of it (${name}). Nothing was imported.`);
}

import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { AppError } from '#platform/errors.ts';
import { isClutter, limits } from './source-tree.ts';
import { leadsOut, type Unpacking } from './unpacking.ts';

/** Unpacks a tar archive, compressed with gzip or not, as it streams by: never more of it than a piece is in memory. */
export async function unpackTar(file: string, unpacking: Unpacking, form: 'tar' | 'tar.gz'): Promise<void> {
  const entries = extract();
  const watch = new HeaderWatch();
  const fed = pipeline(createReadStream(file), form === 'tar.gz' ? createGunzip() : new PassThrough(), unpacking.counter(), watch, entries);
  // What it fails of reaches the loop below, too; awaited behind it, it must not count as unheard until then.
  fed.catch(() => undefined);
  for await (const entry of entries) {
    watch.entryBegins();
    const content = entry as AsyncIterable<Buffer>;
    const { name, type } = entry.header;
    const path = name.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
    unpacking.countEntry();
    if (/^(\/|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)|\\/.test(path)) throw leadsOut(basename(file), name);
    const refusal = type === 'directory' || path.split('/').some(isClutter) ? 'passed over' : (kindRefusal(type) ?? unpacking.refusalOf(path));
    if (refusal === undefined) {
      unpacking.countFile();
      await unpacking.write(path, () => content, watch.delivery());
    } else {
      if (refusal !== 'passed over') unpacking.leftOut.push({ path, what: refusal });
      for await (const chunk of content) watch.delivered(chunk.length);
    }
  }
  await fed;
}

function kindRefusal(type: Header['type']): string | undefined {
  if (type === 'symlink') return 'a symbolic link';
  if (type === 'link') return 'a hard link';
  return type === 'file' || type === 'contiguous-file' ? undefined : 'not a file';
}

/** Refuses headers that only grow: the library keeps a long name in memory until it has all of it. */
class HeaderWatch extends Transform {
  #undelivered = 0;

  entryBegins(): void {
    this.#undelivered = 0;
  }

  delivered(bytes: number): void {
    this.#undelivered -= bytes;
  }

  /** Lets an entry's content pass, and knows how much of it has. */
  delivery(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.delivered(chunk.length);
        done(null, chunk);
      },
    });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null, data?: Buffer) => void): void {
    this.#undelivered += chunk.length;
    if (this.#undelivered > limits.headerBytes) done(new AppError('invalid', 'The archive’s headers are longer than any name. Nothing was imported.'));
    else done(null, chunk);
  }
}

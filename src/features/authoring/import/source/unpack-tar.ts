import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { isClutter } from './source-tree.ts';
import { leadsOut, type Unpacking } from './unpacking.ts';

/**
 * Unpacks a tar archive, compressed with gzip or not, as it streams by: never more of it than a piece is in memory. Every byte counts as it leaves the
 * compression, also of what is passed over; headers are bounded by the library (4 MB).
 */
export async function unpackTar(file: string, unpacking: Unpacking, form: 'tar' | 'tar.gz'): Promise<void> {
  const entries = extract();
  const fed = pipeline(createReadStream(file), form === 'tar.gz' ? createGunzip() : new PassThrough(), unpacking.counter(), entries);
  // What it fails of reaches the loop below, too; awaited behind it, it must not count as unheard until then.
  fed.catch(() => undefined);
  for await (const entry of entries) {
    const { name, type } = entry.header;
    const path = name.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
    unpacking.countEntry();
    if (/^(\/|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)|\\/.test(path)) throw leadsOut(basename(file), name);
    const isPassedOver = type === 'directory' || path.split('/').some(isClutter);
    const refusal = isPassedOver ? undefined : (kindRefusal(type) ?? unpacking.refusalOf(path));
    if (refusal !== undefined) unpacking.leftOut.push({ path, what: refusal });
    if (isPassedOver || refusal !== undefined) {
      entry.resume();
      continue;
    }
    unpacking.countFile();
    await unpacking.write(path, () => entry as AsyncIterable<Buffer>, new PassThrough());
  }
  await fed;
}

function kindRefusal(type: Header['type']): string | undefined {
  if (type === 'symlink') return 'a symbolic link';
  if (type === 'link') return 'a hard link';
  return type === 'file' || type === 'contiguous-file' ? undefined : 'not a file';
}

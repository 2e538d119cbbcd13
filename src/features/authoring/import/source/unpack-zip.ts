import { basename } from 'node:path';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { messageOf } from '#platform/errors.ts';
import { isClutter } from './source-tree.ts';
import { leadsOut, type Unpacking } from './unpacking.ts';

/** Unpacks a zip. Its directory is read first, and all names are checked before the first byte is unpacked; what it says of sizes is not believed. */
export async function unpackZip(file: string, unpacking: Unpacking): Promise<void> {
  const archive = await openPromise(file, { autoClose: false });
  try {
    for (const entry of await entriesOf(archive, unpacking)) {
      const refusal = refusalOf(entry) ?? unpacking.refusalOf(entry.fileName);
      if (refusal) unpacking.leftOut.push({ path: entry.fileName, what: refusal });
      else await unpacking.write(entry.fileName, () => archive.openReadStreamPromise(entry), unpacking.counter());
    }
  } catch (error) {
    const message = messageOf(error);
    // The library's own check of names: absolute, with a drive, or with `..` in it. Source: yauzl, validateFileName.
    if (/invalid relative path|absolute path/.test(message)) throw leadsOut(basename(file), message.split(': ').at(-1)!);
    throw error;
  } finally {
    archive.close();
  }
}

async function entriesOf(archive: ZipFile, unpacking: Unpacking): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of archive.eachEntry()) {
    unpacking.countEntry();
    if (entry.fileName.endsWith('/') || entry.fileName.split('/').some(isClutter)) continue;
    unpacking.countFile();
    entries.push(entry);
  }
  return entries;
}

/** The type of file is in the upper half of the attributes, where the archive was packed on Unix. */
function refusalOf(entry: Entry): string | undefined {
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (type === 0o120000) return 'a symbolic link';
  if (type !== 0 && type !== 0o100000) return 'not a file';
  return entry.isEncrypted() ? 'locked with a password' : undefined;
}

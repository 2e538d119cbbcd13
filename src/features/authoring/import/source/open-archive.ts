import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { AppError, messageOf } from '#platform/errors.ts';
import type { Item } from '../report.ts';
import { openFolder } from './open-folder.ts';
import { isClutter, limits, type SourceTree } from './source-tree.ts';

/**
 * Unpacks a zip into a folder of its own, counting the bytes that really come out: what the archive says of its sizes is not believed.
 * A name that leads out of the archive, or more bytes than the limits allow, refuses the whole archive.
 */
export async function openArchive(file: string): Promise<SourceTree> {
  const folder = await mkdtemp(join(tmpdir(), 'lyceum-import-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const leftOut = await unpack(file, folder);
    const tree = await openFolder(folder, basename(file, extname(file)));
    return { ...withoutWrapper(tree), leftOut: [...leftOut, ...tree.leftOut], close };
  } catch (error) {
    await close();
    throw error instanceof AppError ? error : unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): AppError {
  return new AppError('invalid', `${basename(file)} cannot be read as a zip archive (${messageOf(error)}). Nothing was imported.`, {
    cause: error,
  });
}

async function unpack(file: string, folder: string): Promise<Item[]> {
  const archiveBytes = (await stat(file)).size;
  const budget = new Budget(Math.min(limits.unpackedBytes, Math.max(limits.unsuspiciousBytes, archiveBytes * limits.ratio)));
  const archive = await openPromise(file, { autoClose: false });
  const leftOut: Item[] = [];
  const seen = new Set<string>();
  try {
    for (const entry of await entriesOf(archive)) {
      const refusal = await unpackEntry(archive, entry, { folder, budget, seen });
      if (refusal) leftOut.push({ path: entry.fileName, what: refusal });
    }
  } catch (error) {
    throw explained(error, basename(file));
  } finally {
    archive.close();
  }
  return leftOut;
}

/** The files of the archive's directory. All names are checked before the first byte is unpacked. */
async function entriesOf(archive: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName.endsWith('/') || entry.fileName.split('/').some(isClutter)) continue;
    entries.push(entry);
    if (entries.length > limits.files)
      throw new AppError('invalid', `The archive has more than ${limits.files} files. Nothing was imported.`);
  }
  return entries;
}

interface Unpacking {
  folder: string;
  budget: Budget;
  seen: Set<string>;
}

/** Unpacks one entry, or says why not. */
async function unpackEntry(archive: ZipFile, entry: Entry, { folder, budget, seen }: Unpacking): Promise<string | undefined> {
  const path = entry.fileName;
  if (isSymbolicLink(entry)) return 'a symbolic link';
  if (entry.isEncrypted()) return 'locked with a password';
  if (path.split('/').length > limits.depth || path.includes('\0')) return 'a name that no folder can hold';
  // Two names that a disk may take for one would let the second overwrite the first.
  const name = path.normalize('NFC').toLowerCase();
  if (seen.has(name)) return 'a second file of this name';
  seen.add(name);
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  await pipeline(await archive.openReadStreamPromise(entry), budget.counter(), createWriteStream(target, { flags: 'wx' }));
  return undefined;
}

/** The type of file in the upper half of the attributes, where the archive was packed on Unix. */
function isSymbolicLink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

/** Bytes that may still come out of the archive. */
class Budget {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  counter(): Transform {
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#left -= chunk.length;
        if (this.#left < 0)
          done(new AppError('invalid', 'The archive unpacks to far more than its size allows (a zip bomb?). Nothing was imported.'));
        else done(null, chunk);
      },
    });
  }
}

function explained(error: unknown, archive: string): unknown {
  const message = messageOf(error);
  // The library's own check of names: absolute, with a drive, or with `..` in it. Source: yauzl, validateFileName.
  if (/invalid relative path|absolute path/.test(message)) {
    return new AppError('invalid', `${archive} holds a path that leads out of it (${message.split(': ').at(-1)}). Nothing was imported.`, {
      cause: error,
    });
  }
  return error;
}

/** Archives often hold one folder with everything in it: that folder is the root, and its name the name. */
function withoutWrapper(tree: SourceTree): SourceTree {
  const roots = new Set([...tree.files.keys()].map((path) => path.split('/', 1)[0]!));
  const [wrapper] = roots;
  if (roots.size !== 1 || wrapper === undefined || tree.files.has(wrapper)) return tree;
  const inside = [...tree.files.values()].map((file) => ({ ...file, path: file.path.slice(wrapper.length + 1) }));
  return { ...tree, name: wrapper, files: new Map(inside.map((file) => [file.path, file])) };
}

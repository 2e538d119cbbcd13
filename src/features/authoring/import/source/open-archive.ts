import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { AppError, messageOf } from '#platform/errors.ts';
import { openFolder } from './open-folder.ts';
import type { SourceTree } from './source-tree.ts';
import { unpackTar } from './unpack-tar.ts';
import { unpackZip } from './unpack-zip.ts';
import { Unpacking } from './unpacking.ts';

/**
 * Unpacks an archive into a folder of its own, counting the bytes that really come out: what the archive says of its sizes is not believed.
 * A name that leads out of the archive, or more bytes than the limits allow, refuses the whole archive.
 */
export async function openArchive(file: string, name = basename(file)): Promise<SourceTree> {
  const folder = await mkdtemp(join(tmpdir(), 'lyceum-import-'));
  const close = () => rm(folder, { recursive: true, force: true });
  try {
    const unpacking = new Unpacking(folder, (await stat(file)).size);
    const form = await formOf(file);
    if (form === 'zip') await unpackZip(file, unpacking);
    else await unpackTar(file, unpacking, form);
    const tree = await openFolder(folder, name.replace(/\.(zip|tar|tgz|tar\.gz)$/i, ''));
    return { ...withoutWrapper(tree), leftOut: [...unpacking.leftOut, ...tree.leftOut], close };
  } catch (error) {
    await close();
    throw error instanceof AppError ? error : unreadable(name, error);
  }
}

function unreadable(name: string, error: unknown): AppError {
  return new AppError('invalid', `${name} cannot be read as a zip or tar.gz archive (${messageOf(error)}). Nothing was imported.`, { cause: error });
}

/** What the archive is, by its first bytes and not by its name. */
async function formOf(file: string): Promise<'zip' | 'tar' | 'tar.gz'> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(512);
    await handle.read(head, 0, head.length, 0);
    if (head[0] === 0x1f && head[1] === 0x8b) return 'tar.gz';
    return head.toString('latin1', 257, 262) === 'ustar' ? 'tar' : 'zip';
  } finally {
    await handle.close();
  }
}

/** Archives often hold one folder with everything in it: that folder is the root, and its name the name. */
function withoutWrapper(tree: SourceTree): SourceTree {
  const roots = new Set([...tree.files.keys()].map((path) => path.split('/', 1)[0]!));
  const [wrapper] = roots;
  if (roots.size !== 1 || wrapper === undefined || tree.files.has(wrapper)) return tree;
  const inside = [...tree.files.values()].map((file) => ({ ...file, path: file.path.slice(wrapper.length + 1) }));
  return { ...tree, name: wrapper, files: new Map(inside.map((file) => [file.path, file])) };
}

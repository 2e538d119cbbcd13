import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError, messageOf } from '#platform/errors.ts';
import { openArchive } from './open-archive.ts';
import { openFolder } from './open-folder.ts';
import type { SourceTree } from './source-tree.ts';

/** Opens what an import reads: a folder, or a zip or tar.gz archive. */
export async function openSource(path: string, name?: string): Promise<SourceTree> {
  const full = resolve(path);
  const facts = await stat(full).catch((error: unknown) => {
    throw new AppError('invalid', `${path} cannot be read (${messageOf(error).split(',')[0]}).`, { cause: error });
  });
  const tree = facts.isDirectory() ? await openFolder(full) : await openArchive(full, name);
  if (tree.files.size > 0) return tree;
  await tree.close();
  throw new AppError('invalid', `${basename(full)} is empty: there is nothing to import.`);
}

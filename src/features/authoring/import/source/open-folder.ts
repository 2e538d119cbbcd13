import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { AppError } from '#platform/errors.ts';
import type { Item } from '../report.ts';
import { isClutter, limits, type SourceFile, type SourceTree } from './source-tree.ts';

/** Opens a folder. A symbolic link is followed to a file within the folder and to nowhere else. */
export async function openFolder(folder: string, name = basename(folder)): Promise<SourceTree> {
  const root = await realpath(folder);
  const files = new Map<string, SourceFile>();
  const leftOut: Item[] = [];
  await walk({ root, files, leftOut }, '', 0);
  return { name, files, leftOut, close: async () => undefined };
}

interface Walk {
  root: string;
  files: Map<string, SourceFile>;
  leftOut: Item[];
}

async function walk(into: Walk, folder: string, depth: number): Promise<void> {
  if (depth > limits.depth) throw new AppError('invalid', `Folders lie more than ${limits.depth} deep in ${folder}. Nothing was imported.`);
  const entries = await readdir(join(into.root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (isClutter(entry.name)) continue;
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) await walk(into, path, depth + 1);
    else await addFile(into, path, entry.isSymbolicLink());
    if (into.files.size > limits.files) throw new AppError('invalid', `There are more than ${limits.files} files. Nothing was imported.`);
  }
}

async function addFile({ root, files, leftOut }: Walk, path: string, isLink: boolean): Promise<void> {
  const diskPath = isLink ? await targetOf(join(root, path)) : join(root, path);
  if (diskPath === undefined) leftOut.push({ path, what: 'a symbolic link that leads nowhere' });
  else if (!diskPath.startsWith(root + sep)) leftOut.push({ path, what: 'a symbolic link that leads out of the folder' });
  else {
    const facts = await stat(diskPath);
    if (facts.isFile()) files.set(path, { path, sizeBytes: facts.size, diskPath });
    else leftOut.push({ path, what: facts.isDirectory() ? 'a symbolic link to a folder' : 'not a file' });
  }
}

async function targetOf(link: string): Promise<string | undefined> {
  try {
    return await realpath(link);
  } catch {
    // Broken or circular: the report says so.
    return undefined;
  }
}

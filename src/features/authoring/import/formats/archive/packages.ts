import type { ReadPackage } from '#features/packages/index.server.ts';
import type { ArchivedLesson } from '../../../archive/archive-document.ts';
import type { Item } from '../../report.ts';
import { readPackage } from '../../source/read-package.ts';
import type { SourceTree } from '../../source/source-tree.ts';

/** The packages of an archive's lessons, each read as if it came alone: what it plays, its manifest says and not the archive. */
export async function packagesOf(tree: SourceTree, lessons: readonly ArchivedLesson[]): Promise<Map<ArchivedLesson, ReadPackage>> {
  const packages = new Map<ArchivedLesson, ReadPackage>();
  for (const lesson of lessons) {
    if (lesson.package === null) continue;
    const files = lesson.package.map(({ path, file }) => [path, { ...tree.files.get(file)!, path }] as const);
    packages.set(lesson, await readPackage({ ...tree, files: new Map(files) }));
  }
  return packages;
}

/** The files of packages in an archive, each once. */
export function packageFilesOf(lessons: readonly ArchivedLesson[]): Item[] {
  const items = lessons.flatMap(({ title, package: files }) => (files ?? []).map(({ file }) => [file, title] as const));
  return [...new Map(items)].map(([path, title]) => ({ path, what: `a file of the package of the lesson “${title}”` }));
}

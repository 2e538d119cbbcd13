import { hashOfFile } from '#features/media/index.server.ts';
import { AppError } from '#platform/errors.ts';
import type { ArchiveDocument } from '../../../archive/archive-document.ts';
import type { SourceTree } from '../../source/source-tree.ts';
import { filmsOf, lessonsOf } from './held.ts';
import { packageFilesOf } from './packages.ts';

/** A file that is missing or that is not what its hash says ends the import: an archive is whole, or it is none. */
export async function refuseDamaged(tree: SourceTree, document: ArchiveDocument): Promise<void> {
  const files = document.files.map(({ path, name }) => ({ path, what: `the file “${name}”` }));
  for (const { path, what } of [...files, ...packageFilesOf(lessonsOf(document))]) {
    const file = tree.files.get(path);
    if (!file) throw damaged(`${what} is missing`);
    if ((await hashOfFile(file.diskPath)) !== path.slice('files/'.length)) throw damaged(`${what} is not what it was`);
  }
  for (const { name, variants } of document.files)
    if (variants.some((variant) => !tree.files.has(variant.path))) throw damaged(`the file “${name}” is not what it was`);
  const known = new Set(document.files.map((file) => file.path));
  const missing = namedFiles(document).find((path) => !known.has(path));
  if (missing) throw damaged(`it names ${missing} and does not hold it`);
}

function damaged(what: string): AppError {
  return new AppError('invalid', `The archive is damaged: ${what}. Export the course again. Nothing was imported.`);
}

function namedFiles(document: ArchiveDocument): string[] {
  const films = filmsOf(document).flatMap((video) => [video.file, video.poster, ...video.captions.map((track) => track.file)]);
  const others = lessonsOf(document).flatMap((lesson) => [lesson.image, ...lesson.resources.map((resource) => resource.file)]);
  return [document.course.image, ...films, ...others].filter((path) => path !== null);
}

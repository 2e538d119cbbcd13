import { readFile } from 'node:fs/promises';
import type { KeptImage } from '#features/media/index.server.ts';
import { AppError } from '#platform/errors.ts';
import { type ArchiveDocument, archiveDocument, archiveMark, archiveVersion } from '../../archive/archive-document.ts';
import { placeOfBeside, understoodBeside } from '../../archive/companions.ts';
import type { AssetDraft, CourseDraft } from '../draft.ts';
import { limits, type SourceTree } from '../source/source-tree.ts';
import { chapterOf, videoOf } from './archive/drafts.ts';
import { filmsOf, lessonsOf } from './archive/held.ts';
import { packageFilesOf, packagesOf } from './archive/packages.ts';
import { refuseDamaged } from './archive/refuse-damaged.ts';
import type { ImportFormat } from './format.ts';

const heart = 'course.json';
/** A document with the texts of the largest course that a school could have. */
const largestDocumentBytes = 32 * limits.textBytes;

/** A course as Lyceum exports it: everything of its content, and every file by its hash. */
export const archiveFormat: ImportFormat = {
  name: 'Lyceum',
  recognizes: async (tree) => archiveMark.safeParse(await readHeart(tree)).success,
  read: readArchivedCourse,
};

async function readHeart(tree: SourceTree): Promise<unknown> {
  const file = tree.files.get(heart);
  if (!file || file.sizeBytes > largestDocumentBytes) return undefined;
  try {
    return JSON.parse(await readFile(file.diskPath, 'utf8'));
  } catch {
    // Another program's course.json, or none: it is no archive of ours.
    return undefined;
  }
}

async function readArchivedCourse(tree: SourceTree): Promise<CourseDraft> {
  const document = documentOf(await readHeart(tree));
  await refuseDamaged(tree, document);
  const beside = understoodBeside(document.beside);
  if (!beside) throw damagedAt('beside');
  const { source, slug, title, image, trailer, categories, prerequisites, ...said } = document.course;
  const lessons = lessonsOf(document);
  const packages = await packagesOf(tree, lessons);
  const drafts = document.chapters.map((chapter) => chapterOf(chapter, packages));
  const resources = new Set(lessons.flatMap((lesson) => lesson.resources.map((resource) => resource.file)));
  const films = new Set(
    filmsOf(document)
      .flatMap((video) => [video.file, ...video.captions.map((track) => track.file)])
      .filter((path) => !resources.has(path)),
  );
  const film = trailer && videoOf(trailer);
  return {
    importKey: `archive:${source}`.slice(0, 200),
    slug,
    title,
    isTitleSaid: true,
    details: { ...said, ...(image === null ? {} : { image }), categories, prerequisites },
    trailer: film ? { source: heart, video: film, durationSeconds: trailer.durationSeconds } : undefined,
    beside: beside.kept,
    chapters: drafts,
    assets: assetsOf(tree, document, films),
    keptImages: keptImagesOf(tree, document),
    names: new Map(document.files.map((file) => [file.path, file.name])),
    cameIn: [
      { path: heart, what: 'the course' },
      ...beside.said.map(({ name, what }) => ({ path: placeOfBeside(name), what })),
      ...packageFilesOf(lessons),
      ...document.files.flatMap((file) => file.variants.map(({ path }) => ({ path, what: `a smaller size of ${file.name}` }))),
    ],
    kept: [],
    changed: [],
    leftOut: [
      ...tree.leftOut,
      ...beside.unknown.map((name) => ({ path: placeOfBeside(name), what: 'this school does not know what it is' })),
      ...unknownFiles(tree, document),
    ],
  };
}

function documentOf(value: unknown): ArchiveDocument {
  const { version } = archiveMark.parse(value);
  if (version > archiveVersion)
    throw new AppError(
      'invalid',
      `This archive was written by a newer Lyceum (version ${version} of archives, this one reads up to ${archiveVersion}). Update the school first. Nothing was imported.`,
    );
  const read = archiveDocument.safeParse(value);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw damagedAt(first?.path.join('.') || 'its top');
}

function damagedAt(place: string): AppError {
  return new AppError(
    'invalid',
    `The archive is damaged: ${heart} does not say what it should at ${place}. Export the course again. Nothing was imported.`,
  );
}

function assetsOf(tree: SourceTree, document: ArchiveDocument, films: ReadonlySet<string>): Map<string, AssetDraft> {
  return new Map(
    document.files
      .filter((file) => !films.has(file.path))
      .map(({ path, name, sizeBytes, visibility, contentType }) => {
        const isPicture = visibility === 'PUBLIC' && contentType.startsWith('image/') && contentType !== 'image/svg+xml';
        return [
          path,
          { path, name, sizeBytes, visibility, diskPath: tree.files.get(path)!.diskPath, kind: isPicture ? 'image' : 'attachment' },
        ];
      }),
  );
}

function keptImagesOf(tree: SourceTree, document: ArchiveDocument): Map<string, KeptImage> {
  const diskPath = (path: string) => tree.files.get(path)!.diskPath;
  const pictures = document.files.filter((file) => file.visibility === 'PUBLIC' && file.contentType.startsWith('image/'));
  return new Map(
    pictures.map(({ path, variants }) => [
      path,
      { path: diskPath(path), variants: variants.map((variant) => ({ ...variant, path: diskPath(variant.path) })) },
    ]),
  );
}

function unknownFiles(tree: SourceTree, document: ArchiveDocument): { path: string; what: string }[] {
  const known = new Set([
    heart,
    ...document.files.flatMap((file) => [file.path, ...file.variants.map((variant) => variant.path)]),
    ...packageFilesOf(lessonsOf(document)).map((file) => file.path),
  ]);
  return [...tree.files.keys()].filter((path) => !known.has(path)).map((path) => ({ path, what: 'the archive does not say what it is' }));
}

import { AppError } from '#platform/errors.ts';
import type { AssetDraft, ChapterDraft, CourseDraft, FilmWish } from '../draft.ts';
import type { Item } from '../report.ts';
import type { SourceTree } from '../source/source-tree.ts';
import type { ImportFormat } from './format.ts';
import { type ReadChapter, readChapters } from './markdown/chapters.ts';
import { courseOf, coverOf, type Resolve } from './markdown/course.ts';
import { mendFragments } from './markdown/fragments.ts';
import { type ChapterFields, type CourseFields, fieldsOf } from './markdown/front-matter.ts';
import { homeSiteOf } from './markdown/home-site.ts';
import { convert, draftOf, folderTitle } from './markdown/lesson.ts';
import { isMarkdown } from './markdown/outline.ts';
import { type Reading, readTexts } from './markdown/reading.ts';
import { resolveReferences, type Surroundings } from './markdown/references.ts';
import { takeTitle } from './markdown/titles.ts';
import { trailerOf, videoOf } from './markdown/video.ts';

/** A folder of Markdown: folders are chapters, files are lessons. */
export const markdownFormat: ImportFormat = {
  name: 'Markdown',
  recognizes: (tree) => [...tree.files.keys()].some(isMarkdown),
  read: readMarkdownCourse,
};

async function readMarkdownCourse(tree: SourceTree): Promise<CourseDraft> {
  const reading = await readTexts(tree);
  const chapters = readChapters(reading);
  const lessons = chapters.flatMap((chapter) => chapter.lessons);
  if (lessons.length === 0)
    throw new AppError(
      'invalid',
      ['No lesson can be made of this source.', ...reading.leftOut.map((item) => `${item.path}: ${item.what}.`)].join(' '),
    );
  const surroundings: Surroundings = {
    files: new Set(tree.files.keys()),
    lessons: new Set(lessons.map((lesson) => lesson.path)),
    firstLessons: new Map(
      chapters.flatMap(({ folder, page, lessons: [first] }) =>
        [folder, page?.path].flatMap((path) => (path && first ? [[path, first.path] as const] : [])),
      ),
    ),
    home: homeSiteOf(
      lessons.map((lesson) => lesson.markdown),
      lessons.map((lesson) => lesson.path),
    ),
  };
  return assemble(reading, chapters, surroundings);
}

function assemble(reading: Reading, chapters: readonly ReadChapter[], surroundings: Surroundings): CourseDraft {
  const { tree, outline, texts, changed, leftOut } = reading;
  const assets = new Map<string, AssetDraft>();
  const page = outline.course === undefined ? undefined : texts.get(outline.course);
  const fields: CourseFields = page ? fieldsOf('course', page, leftOut) : {};
  const language = fields.language ?? 'en';
  const resolve: Resolve = (path, markdown) => {
    const resolved = resolveReferences(path, markdown, surroundings);
    changed.push(...resolved.changed);
    leftOut.push(...resolved.leftOut);
    for (const image of resolved.images) addAsset(assets, tree, image, 'image');
    for (const attachment of resolved.attachments) addAsset(assets, tree, attachment, 'attachment');
    return resolved.markdown;
  };
  const drafts = chapters.map((chapter): ChapterDraft => {
    const own = chapter.page ? takeTitle(convert(chapter.page, changed)) : { title: undefined, body: '' };
    const text = chapter.lessons.map((lesson) => lesson.markdown).join('\n');
    return {
      source: chapter.folder,
      title: chapter.fields.title ?? own.title ?? (chapter.folder === '' ? rootTitle(chapters.length) : folderTitle(chapter.folder, text)),
      description: chapter.fields.description,
      content: chapter.page && resolve(chapter.page.path, own.body.trim()),
      ...(chapter.page ? { film: filmOf(chapter.page.path, chapter.fields, surroundings.files, language, leftOut) } : {}),
      lessons: chapter.lessons.map((lesson) =>
        draftOf(lesson, resolve(lesson.path, lesson.markdown), videoOf(lesson.path, lesson.fields, surroundings.files, language, leftOut)),
      ),
    };
  });
  const image = coverOf(reading, page, fields);
  if (image !== undefined) addAsset(assets, tree, image, 'image');
  const film = page && trailerOf(page.path, fields, surroundings.files, leftOut);
  const trailer = film && { source: page.path, video: film, durationSeconds: fields.trailer_duration };
  const course: CourseDraft = {
    ...courseOf(reading, page, fields, resolve),
    trailer,
    chapters: drafts,
    assets,
    cameIn: cameInOf(reading, chapters, drafts),
    kept: [],
    changed,
    leftOut,
  };
  if (image !== undefined) course.details.image = image;
  mendFragments(course);
  sayUnused(reading, course);
  return course;
}

/** The film that the introduction of a chapter shows. */
function filmOf(path: string, fields: ChapterFields, files: ReadonlySet<string>, language: string, leftOut: Item[]): FilmWish | null {
  const video = videoOf(path, fields, files, language, leftOut);
  return video ? { source: path, video, durationSeconds: fields.duration } : null;
}

/** What became of each text. */
function cameInOf({ outline }: Reading, chapters: readonly ReadChapter[], drafts: readonly ChapterDraft[]): Item[] {
  const page = outline.course === undefined ? [] : [{ path: outline.course, what: 'the course' }];
  return page.concat(
    drafts.flatMap((draft, index) => {
      const path = chapters[index]?.page?.path;
      const own = path === undefined || path === outline.course ? [] : [{ path, what: `the chapter “${draft.title}”` }];
      return [...own, ...draft.lessons.map((lesson) => ({ path: lesson.source, what: `the lesson “${lesson.title}”` }))];
    }),
  );
}

function rootTitle(chapterCount: number): string {
  return chapterCount === 1 ? 'Lessons' : 'Introduction';
}

function addAsset(assets: Map<string, AssetDraft>, tree: SourceTree, path: string, kind: AssetDraft['kind']): void {
  const file = tree.files.get(path);
  if (file && !assets.has(path))
    assets.set(path, { path, name: path.split('/').at(-1)!, sizeBytes: file.sizeBytes, diskPath: file.diskPath, kind });
}

/** Files that no text speaks of stay where they are, and the report says so. */
function sayUnused({ tree, leftOut }: Reading, course: CourseDraft): void {
  const videos = [
    course.trailer?.video,
    ...course.chapters.flatMap((chapter) => [chapter.film?.video, ...chapter.lessons.map((lesson) => lesson.video)]),
  ];
  const films = videos.flatMap((video) =>
    video?.provider === 'FILE' ? [video.path, video.poster, ...video.captions.map((caption) => caption.path)] : [],
  );
  const used = new Set([...course.assets.keys(), ...films]);
  for (const path of tree.files.keys()) if (!isMarkdown(path) && !used.has(path)) leftOut.push({ path, what: 'no text names it' });
}

import { AppError } from '#platform/errors.ts';
import { excerpt } from '#platform/markdown/reading.ts';
import type { AssetDraft, ChapterDraft, CourseDraft } from '../draft.ts';
import type { Item } from '../report.ts';
import type { SourceTree } from '../source/source-tree.ts';
import type { ImportFormat } from './format.ts';
import { readCoursePage } from './markdown/course-page.ts';
import { destinationsOf } from './markdown/destinations.ts';
import { mendFragments } from './markdown/fragments.ts';
import { type ChapterFields, type CourseFields, fieldsOf } from './markdown/front-matter.ts';
import { homeSiteOf } from './markdown/home-site.ts';
import { convert, draftOf, folderTitle, type ReadLesson, readLesson } from './markdown/lesson.ts';
import { inOrder } from './markdown/ordering.ts';
import { type FolderOutline, isMarkdown, lessonName, type Outline, outlineOf } from './markdown/outline.ts';
import { localPath } from './markdown/paths.ts';
import { resolveReferences, type Surroundings } from './markdown/references.ts';
import { BrokenFile, readTextFile, type TextFile } from './markdown/text-file.ts';
import { takeTitle, titleFromName } from './markdown/titles.ts';
import { videoOf } from './markdown/video.ts';

/** A folder of Markdown: folders are chapters, files are lessons. */
export const markdownFormat: ImportFormat = {
  name: 'Markdown',
  recognizes: (tree) => [...tree.files.keys()].some(isMarkdown),
  read: readMarkdownCourse,
};

/** Everything that reading a source gathers. */
interface Reading {
  tree: SourceTree;
  outline: Outline;
  texts: ReadonlyMap<string, TextFile>;
  changed: Item[];
  leftOut: Item[];
}

interface ReadChapter {
  folder: string;
  page: TextFile | undefined;
  fields: ChapterFields;
  lessons: ReadLesson[];
}

async function readMarkdownCourse(tree: SourceTree): Promise<CourseDraft> {
  const reading = await readTexts(tree);
  const listed = listedPlaces(reading);
  const chapters = inOrder(
    reading.outline.folders.map((folder) => readChapter(folder, reading, listed)).filter((chapter) => chapter.lessons.length > 0),
    ({ folder, fields, lessons }) => ({
      name: folder,
      order: fields.order,
      listed: folder === '' ? -1 : firstListed(folder, lessons, listed),
    }),
  );
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

async function readTexts(tree: SourceTree): Promise<Reading> {
  const outline = outlineOf(tree.files.keys());
  const reading: Reading & { texts: Map<string, TextFile> } = { tree, outline, texts: new Map(), changed: [], leftOut: [...tree.leftOut] };
  for (const path of [...tree.files.keys()].filter(isMarkdown)) {
    if (outline.aside.includes(path)) {
      reading.leftOut.push({ path, what: 'about the repository, not the subject' });
      continue;
    }
    try {
      reading.texts.set(path, await readTextFile(tree.files.get(path)!));
    } catch (error) {
      if (!(error instanceof BrokenFile)) throw error;
      // Without the course's own page nobody knows what the course is called and who may see it; one lesson less is still a course.
      if (path === outline.course) throw new AppError('invalid', `${path}: ${error.message}. Nothing was imported.`, { cause: error });
      reading.leftOut.push({ path, what: `broken: ${error.message}` });
    }
  }
  return reading;
}

/** The place of every path that SUMMARY.md, the course's page or a chapter's page links to, in that order. */
function listedPlaces({ outline, texts }: Reading): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const indexes = [outline.summary, outline.course, ...outline.folders.map((folder) => folder.chapter)];
  for (const text of indexes.flatMap((path) => (path ? (texts.get(path) ?? []) : []))) {
    for (const { address, isImage } of destinationsOf(text.body)) {
      const path = isImage || /^(#|[a-z][a-z0-9+.-]*:)/i.test(address) ? undefined : localPath(text.path, address);
      if (path && !places.has(path)) places.set(path, places.size);
    }
  }
  return places;
}

function firstListed(folder: string, lessons: readonly ReadLesson[], listed: ReadonlyMap<string, number>): number | undefined {
  const places = [folder, `${folder}/README.md`, ...lessons.map((lesson) => lesson.path)].flatMap((path) => listed.get(path) ?? []);
  return places.length > 0 ? Math.min(...places) : undefined;
}

function readChapter({ folder, chapter, lessons }: FolderOutline, reading: Reading, listed: ReadonlyMap<string, number>): ReadChapter {
  const page = chapter === undefined ? undefined : reading.texts.get(chapter);
  const read = lessons.flatMap((path) => {
    const file = reading.texts.get(path);
    if (!file) return [];
    const lesson = readLesson(file, reading.changed, reading.leftOut);
    if (lesson.markdown !== '' || lesson.fields.video !== undefined) return [lesson];
    reading.leftOut.push({ path, what: 'empty' });
    return [];
  });
  return {
    folder,
    page,
    fields: page ? fieldsOf('chapter', page, reading.leftOut) : {},
    lessons: inOrder(read, ({ path, fields }) => ({ name: lessonName(path), order: fields.order, listed: listed.get(path) })),
  };
}

function assemble(reading: Reading, chapters: readonly ReadChapter[], surroundings: Surroundings): CourseDraft {
  const { tree, outline, texts, changed, leftOut } = reading;
  const assets = new Map<string, AssetDraft>();
  const page = outline.course === undefined ? undefined : texts.get(outline.course);
  const fields: CourseFields = page ? fieldsOf('course', page, leftOut) : {};
  const language = fields.language ?? 'en';
  const resolve = (path: string, markdown: string): string => {
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
      content: chapter.page ? resolve(chapter.page.path, own.body.trim()) : '',
      lessons: chapter.lessons.map((lesson) =>
        draftOf(lesson, resolve(lesson.path, lesson.markdown), videoOf(lesson.path, lesson.fields, surroundings.files, language, leftOut)),
      ),
    };
  });
  const image = coverOf(page, fields, surroundings.files, leftOut);
  if (image !== undefined) addAsset(assets, tree, image, 'image');
  const course: CourseDraft = { ...courseOf(reading, page, fields, resolve), chapters: drafts, assets, changed, leftOut };
  if (image !== undefined) course.details.image = image;
  mendFragments(course);
  sayUnused(reading, course);
  return course;
}

function rootTitle(chapterCount: number): string {
  return chapterCount === 1 ? 'Lessons' : 'Introduction';
}

function addAsset(assets: Map<string, AssetDraft>, tree: SourceTree, path: string, kind: AssetDraft['kind']): void {
  const file = tree.files.get(path);
  if (file && !assets.has(path))
    assets.set(path, { path, name: path.split('/').at(-1)!, sizeBytes: file.sizeBytes, diskPath: file.diskPath, kind });
}

type Resolve = (path: string, markdown: string) => string;

function courseOf({ tree, texts, changed }: Reading, page: TextFile | undefined, fields: CourseFields, resolve: Resolve): Pick<CourseDraft, 'importKey' | 'title' | 'isTitleSaid' | 'details'> {
  const own = page ? takeTitle(convert(page, changed)) : { title: undefined, body: '' };
  const said = readCoursePage(own.body);
  const body = page ? resolve(page.path, said.description) : '';
  const summary = body === '' ? undefined : (fields.description?.slice(0, 500) ?? excerpt(body, 140));
  const title = fields.title ?? own.title;
  const { level, language, tags, categories, features, featured, free } = fields;
  return {
    importKey: `markdown:${(fields.id ?? tree.name).trim().toLowerCase()}`,
    title: title ?? titleFromName(tree.name, [...texts.values()].map((text) => text.body).join('\n')),
    isTitleSaid: title !== undefined,
    details: withoutUndefined({
      subtitle: fields.subtitle ?? summary,
      description: (body || fields.description)?.slice(0, 100_000),
      level,
      language,
      tags,
      categories,
      objectives: fields.objectives ?? filled(said.objectives),
      requirements: fields.requirements ?? filled(said.requirements),
      features,
      featured,
      isFree: free,
    }),
  };
}

function filled(list: string[]): string[] | undefined {
  return list.length > 0 ? list : undefined;
}

function withoutUndefined<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
}

function coverOf(page: TextFile | undefined, fields: CourseFields, files: ReadonlySet<string>, leftOut: Item[]): string | undefined {
  if (!page || fields.image === undefined) return undefined;
  const path = localPath(page.path, fields.image);
  if (path !== undefined && files.has(path)) return path;
  leftOut.push({ path: page.path, what: `the cover ${fields.image} ${path === undefined ? 'leads out of the folder' : 'is missing'}` });
  return undefined;
}

/** Files that no text speaks of stay where they are, and the report says so. */
function sayUnused({ tree, leftOut }: Reading, course: CourseDraft): void {
  const films = course.chapters
    .flatMap((chapter) => chapter.lessons)
    .flatMap(({ video }) =>
      video?.provider === 'FILE' ? [video.path, video.poster, ...video.captions.map((caption) => caption.path)] : [],
    );
  const used = new Set([...course.assets.keys(), ...films]);
  for (const path of tree.files.keys()) if (!isMarkdown(path) && !used.has(path)) leftOut.push({ path, what: 'no text names it' });
}

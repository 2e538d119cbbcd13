import { destinationsOf } from './destinations.ts';
import { type ChapterFields, fieldsOf } from './front-matter.ts';
import { type ReadLesson, readLesson } from './lesson.ts';
import { inOrder } from './ordering.ts';
import { type FolderOutline, lessonName } from './outline.ts';
import { localPath } from './paths.ts';
import type { Reading } from './reading.ts';
import type { TextFile } from './text-file.ts';

/** A folder with lessons, in the order in which they are taught. */
export interface ReadChapter {
  folder: string;
  page: TextFile | undefined;
  fields: ChapterFields;
  lessons: ReadLesson[];
}

/** The chapters of a source in order; folders without a lesson are none. */
export function readChapters(reading: Reading): ReadChapter[] {
  const listed = listedPlaces(reading);
  const chapters = reading.outline.folders.map((folder) => readChapter(folder, reading, listed));
  return inOrder(
    chapters.filter((chapter) => chapter.lessons.length > 0),
    ({ folder, fields, lessons }) => ({
      name: folder,
      order: fields.order,
      listed: folder === '' ? -1 : firstListed(folder, lessons, listed),
    }),
  );
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

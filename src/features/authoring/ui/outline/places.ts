/** As much of the outline as moving needs. */
export interface PlacedChapter<Lesson extends { id: string } = { id: string }> {
  id: string;
  lessons: Lesson[];
}

/** A place for a lesson: in a chapter, between two others. */
export interface LessonPlace {
  chapterId: string;
  afterId: string | null;
  beforeId: string | null;
}

/** A place for a chapter, between two others. */
export type ChapterPlace = Omit<LessonPlace, 'chapterId'>;

export type Direction = 'up' | 'down';

const between = (row: readonly { id: string }[], place: number) => ({
  afterId: row[place - 1]?.id ?? null,
  beforeId: row[place]?.id ?? null,
});

/** Where a lesson is. */
function findLesson(chapters: readonly PlacedChapter[], lessonId: string): { chapter: number; place: number } {
  const chapter = chapters.findIndex(({ lessons }) => lessons.some(({ id }) => id === lessonId));
  return { chapter, place: chapters[chapter]?.lessons.findIndex(({ id }) => id === lessonId) ?? -1 };
}

/** The place of a lesson, by its neighbors. */
export function placeOfLesson(chapters: readonly PlacedChapter[], lessonId: string): LessonPlace {
  const { chapter, place } = findLesson(chapters, lessonId);
  const { id, lessons } = chapters[chapter]!;
  return { chapterId: id, afterId: lessons[place - 1]?.id ?? null, beforeId: lessons[place + 1]?.id ?? null };
}

/** The next place of a lesson up or down, past the end of its chapter into the next one; null where the course ends. */
export function lessonStep(chapters: readonly PlacedChapter[], lessonId: string, direction: Direction): LessonPlace | null {
  const { chapter, place } = findLesson(chapters, lessonId);
  const from = chapters[chapter];
  if (!from) return null;
  const others = from.lessons.filter(({ id }) => id !== lessonId);
  const wanted = direction === 'up' ? place - 1 : place + 1;
  if (wanted >= 0 && wanted <= others.length) return { chapterId: from.id, ...between(others, wanted) };
  const next = chapters[direction === 'up' ? chapter - 1 : chapter + 1];
  return next ? { chapterId: next.id, ...between(next.lessons, direction === 'up' ? next.lessons.length : 0) } : null;
}

/** The next place of a chapter up or down; null where the course ends. */
export function chapterStep(chapters: readonly PlacedChapter[], chapterId: string, direction: Direction): ChapterPlace | null {
  const place = chapters.findIndex(({ id }) => id === chapterId);
  const wanted = direction === 'up' ? place - 1 : place + 1;
  if (wanted < 0 || wanted >= chapters.length) return null;
  return between(
    chapters.filter(({ id }) => id !== chapterId),
    wanted,
  );
}

/** The place of a chapter, by its neighbors. */
export function placeOfChapter(chapters: readonly PlacedChapter[], chapterId: string): ChapterPlace {
  const place = chapters.findIndex(({ id }) => id === chapterId);
  return { afterId: chapters[place - 1]?.id ?? null, beforeId: chapters[place + 1]?.id ?? null };
}

function inserted<Item extends { id: string }>(row: readonly Item[], item: Item, { beforeId }: ChapterPlace): Item[] {
  const place = row.findIndex(({ id }) => id === beforeId);
  return row.toSpliced(place < 0 ? row.length : place, 0, item);
}

/** The outline with a lesson at another place. */
export function withLessonAt<Chapter extends PlacedChapter>(chapters: readonly Chapter[], lessonId: string, to: LessonPlace): Chapter[] {
  const lesson = chapters.flatMap(({ lessons }) => lessons).find(({ id }) => id === lessonId);
  if (!lesson) return [...chapters];
  return chapters.map((chapter) => {
    const others = chapter.lessons.filter(({ id }) => id !== lessonId);
    return { ...chapter, lessons: chapter.id === to.chapterId ? inserted(others, lesson, to) : others };
  });
}

/** The outline with a chapter at another place. */
export function withChapterAt<Chapter extends PlacedChapter>(chapters: readonly Chapter[], chapterId: string, to: ChapterPlace): Chapter[] {
  const chapter = chapters.find(({ id }) => id === chapterId);
  if (!chapter) return [...chapters];
  return inserted(
    chapters.filter(({ id }) => id !== chapterId),
    chapter,
    to,
  );
}

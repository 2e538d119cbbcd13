import {
  addChapter,
  addLesson,
  arrangeOutline,
  type ImportedCourse,
  updateChapter,
  updateLesson,
} from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';
import type { ChapterDraft, CourseDraft, LessonDraft } from './draft.ts';
import type { Match } from './match.ts';

/** The rows that stand for a draft's chapters and lessons. */
export interface WrittenOutline {
  chapterIds: Map<ChapterDraft, ChapterId>;
  lessons: Map<LessonDraft, { id: LessonId; slug: string }>;
  isChanged: boolean;
}

/** Gives every chapter and lesson of the draft its row, in the draft's order; the texts come after, when all that they link to is there. */
export async function writeOutline(
  ctx: Context,
  { draft, before, match, courseId }: { draft: CourseDraft; before: ImportedCourse | undefined; match: Match; courseId: CourseId },
): Promise<WrittenOutline> {
  const outline: WrittenOutline = { chapterIds: new Map(), lessons: new Map(), isChanged: false };
  for (const chapter of draft.chapters) {
    const known = match.chapters.get(chapter);
    const fields = {
      title: chapter.title,
      description: chapter.description ?? null,
      sourcePath: chapter.source,
      published: true,
      visibility: 'PUBLIC' as const,
      ...chapter.settings,
    };
    const changed = known && (await updateChapter(ctx, { chapterId: known.id, ...fields }));
    outline.chapterIds.set(chapter, known?.id ?? (await addChapter(ctx, { courseId, ...fields })));
    outline.isChanged ||= !changed || changed.length > 0;
  }
  for (const [chapter, chapterId] of outline.chapterIds) {
    for (const lesson of chapter.lessons) {
      const known = match.lessons.get(lesson);
      outline.lessons.set(
        lesson,
        known ?? (await addLesson(ctx, { chapterId, title: lesson.title, slug: lesson.slug, sourcePath: lesson.source })),
      );
      outline.isChanged ||= !known;
    }
  }
  const { moved } = await arrangeOutline(ctx, { courseId, chapters: arranged(outline, before) });
  outline.isChanged ||= moved;
  return outline;
}

/** The draft's chapters and lessons in its order; behind them what was there before: made by hand, or gone from the source. */
function arranged({ chapterIds, lessons }: WrittenOutline, before: ImportedCourse | undefined): { id: ChapterId; lessonIds: LessonId[] }[] {
  const mine = new Set([...lessons.values()].map((lesson) => lesson.id));
  const others = new Map(
    before?.chapters.map((chapter) => [chapter.id, chapter.lessons.map((lesson) => lesson.id).filter((id) => !mine.has(id))]),
  );
  const known = [...chapterIds].map(([chapter, id]) => ({
    id,
    lessonIds: [...chapter.lessons.map((lesson) => lessons.get(lesson)!.id), ...(others.get(id) ?? [])],
  }));
  const rest = [...others].filter(([id]) => !known.some((chapter) => chapter.id === id)).map(([id, lessonIds]) => ({ id, lessonIds }));
  return [...known, ...rest];
}

/** Hides from learners what is no longer in the source. Nothing is deleted: people have progress and notes there. */
export async function hideGone(ctx: Context, match: Match): Promise<{ title: string; source: string }[]> {
  const hidden: { title: string; source: string }[] = [];
  for (const lesson of match.goneLessons) {
    const changed = await updateLesson(ctx, { lessonId: lesson.id, published: false });
    if (changed.length > 0) hidden.push({ title: lesson.title, source: lesson.sourcePath ?? '' });
  }
  for (const chapter of match.goneChapters) {
    const isEmpty = chapter.lessons.every((lesson) => match.goneLessons.includes(lesson));
    if (isEmpty) await updateChapter(ctx, { chapterId: chapter.id, published: false });
  }
  return hidden;
}

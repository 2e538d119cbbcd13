import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';
import { holdEditableCourse } from '../write/editable-course.ts';
import { afterOutlineChange } from './after-outline-change.ts';
import { orderChapters, orderLessons } from './outline-order.ts';

export interface WantedOutline {
  courseId: CourseId;
  /** Every chapter of the course, with every lesson once. */
  chapters: readonly { id: ChapterId; lessonIds: readonly LessonId[] }[];
}

/** Puts all chapters and lessons of a course in this order, lessons across chapters too. Refuses an outline that misses some or knows others. */
export async function arrangeOutline(ctx: Context, { courseId, chapters }: WantedOutline): Promise<{ moved: boolean }> {
  return inTransaction(ctx, async (ctx) => {
    const course = await holdEditableCourse(ctx, courseId);
    const chapterIds = chapters.map((chapter) => chapter.id);
    await refuseOtherOutline(
      ctx,
      courseId,
      chapterIds,
      chapters.flatMap((chapter) => chapter.lessonIds),
    );
    const moved = (await orderChapters(ctx, courseId, chapterIds)) + (await orderLessons(ctx, courseId, chapters));
    if (moved === 0) return { moved: false };
    await afterOutlineChange(ctx, course);
    return { moved: true };
  });
}

/** Somebody else may have added a lesson since this outline was drawn. */
async function refuseOtherOutline(
  ctx: Context,
  courseId: CourseId,
  chapterIds: readonly string[],
  lessonIds: readonly string[],
): Promise<void> {
  const [chapters, lessons] = [
    await ctx.db.prisma.chapter.findMany({ where: { courseId }, select: { id: true } }),
    await ctx.db.prisma.lesson.findMany({ where: { courseId }, select: { id: true } }),
  ];
  const same = (stored: { id: string }[], wanted: readonly string[]) =>
    stored.length === wanted.length && stored.every(({ id }) => wanted.includes(id));
  if (!same(chapters, chapterIds) || !same(lessons, lessonIds))
    throw new AppError('conflict', 'The outline has changed meanwhile. Reload and try again.');
}

import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';
import { afterOutlineChange } from './after-outline-change.ts';
import { holdEditableCourse } from './editable-course.ts';

const arrangeChapters = statement<{ id: string }, [string, string[]]>(`
  update chapters set position = wanted.position
    from unnest($2::uuid[]) with ordinality as wanted (id, position)
   where chapters.id = wanted.id and chapters.course_id = $1 and chapters.position <> wanted.position
  returning chapters.id`);

const arrangeLessons = statement<{ id: string }, [string, string[], string[], number[]]>(`
  update lessons set chapter_id = wanted.chapter_id, position = wanted.position
    from unnest($2::uuid[], $3::uuid[], $4::int[]) as wanted (id, chapter_id, position)
   where lessons.id = wanted.id and lessons.course_id = $1 and (lessons.chapter_id, lessons.position) is distinct from (wanted.chapter_id, wanted.position)
  returning lessons.id`);

export interface WantedOutline {
  courseId: CourseId;
  /** Every chapter of the course, with every lesson once. */
  chapters: readonly { id: ChapterId; lessonIds: readonly LessonId[] }[];
}

/** Puts all chapters and lessons of a course in this order, lessons across chapters too. Refuses an outline that misses some or knows others. */
export async function arrangeOutline(ctx: Context, { courseId, chapters }: WantedOutline): Promise<{ moved: boolean }> {
  return inTransaction(ctx, async (ctx) => {
    const course = await holdEditableCourse(ctx, courseId);
    const lessons = chapters.flatMap((chapter) =>
      chapter.lessonIds.map((id, index) => ({ id, chapterId: chapter.id, position: index + 1 })),
    );
    await refuseOtherOutline(
      ctx,
      courseId,
      chapters.map((chapter) => chapter.id),
      lessons.map((lesson) => lesson.id),
    );
    const moved = [
      ...(await ctx.db.sql(
        arrangeChapters,
        courseId,
        chapters.map((chapter) => chapter.id),
      )),
      ...(await ctx.db.sql(
        arrangeLessons,
        courseId,
        lessons.map(({ id }) => id),
        lessons.map(({ chapterId }) => chapterId),
        lessons.map(({ position }) => position),
      )),
    ];
    if (moved.length === 0) return { moved: false };
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

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';

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

/** Puts all chapters of a held course into this order. Gives how many have moved. */
export async function orderChapters(ctx: Context, courseId: CourseId, ids: readonly ChapterId[]): Promise<number> {
  return (await ctx.db.sql(arrangeChapters, courseId, [...ids])).length;
}

/** Puts all lessons of these chapters of a held course into this order. Gives how many have moved. */
export async function orderLessons(
  ctx: Context,
  courseId: CourseId,
  chapters: readonly { id: ChapterId; lessonIds: readonly LessonId[] }[],
): Promise<number> {
  const lessons = chapters.flatMap(({ id, lessonIds }) => lessonIds.map((lessonId, index) => ({ lessonId, id, position: index + 1 })));
  const moved = await ctx.db.sql(
    arrangeLessons,
    courseId,
    lessons.map(({ lessonId }) => lessonId),
    lessons.map(({ id }) => id),
    lessons.map(({ position }) => position),
  );
  return moved.length;
}

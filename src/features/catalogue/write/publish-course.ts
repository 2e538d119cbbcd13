import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { CourseId } from '#platform/ids.ts';
import { holdEditableCourse } from './editable-course.ts';
import { recountCategories } from './recount-categories.ts';

export type Publishing = { kind: 'published' } | { kind: 'already-published' } | { kind: 'incomplete'; missing: string[] };

/** Makes a course visible to all, if it has what a course needs. */
export async function publishCourse(ctx: Context, input: { courseId: CourseId }): Promise<Publishing> {
  return inTransaction(ctx, async (ctx): Promise<Publishing> => {
    const { id } = await holdEditableCourse(ctx, input.courseId);
    const course = await ctx.db.prisma.course.findUniqueOrThrow({
      where: { id },
      select: { status: true, publishedAt: true, lessonCount: true, isFree: true, categories: { select: { categoryId: true } } },
    });
    if (course.status === 'PUBLISHED') return { kind: 'already-published' };
    const missing = [
      ...(course.lessonCount === 0 ? ['a lesson that learners can see'] : []),
      ...(course.isFree ? [] : ['a price, or the word that it is free']),
    ];
    if (missing.length > 0) return { kind: 'incomplete', missing };
    await ctx.db.prisma.course.update({ where: { id }, data: { status: 'PUBLISHED', publishedAt: course.publishedAt ?? ctx.now } });
    await recountCategories(
      ctx,
      course.categories.map((row) => row.categoryId),
    );
    return { kind: 'published' };
  });
}

import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { CourseId } from '#platform/ids.ts';
import { recountCategories } from '../categories/recount-categories.ts';
import { missingFor, needs, publishingFacts } from '../publishing/check-list.ts';
import { holdEditableCourse } from './editable-course.ts';

export type Publishing = { kind: 'published' } | { kind: 'already-published' } | { kind: 'incomplete'; missing: string[] };

/**
 * Makes a course visible to all, if it has what a course needs. The studio asks for a description too; what comes from a source says as much of itself as its
 * source does.
 */
export async function publishCourse(ctx: Context, input: { courseId: CourseId; needsDescription?: boolean }): Promise<Publishing> {
  return inTransaction(ctx, async (ctx): Promise<Publishing> => {
    const { id } = await holdEditableCourse(ctx, input.courseId);
    const course = await ctx.db.prisma.course.findUniqueOrThrow({
      where: { id },
      select: { status: true, publishedAt: true, categories: { select: { categoryId: true } } },
    });
    if (course.status === 'PUBLISHED') return { kind: 'already-published' };
    const [facts] = await ctx.db.sql(publishingFacts, id);
    const missing = missingFor(facts!).filter((name) => name !== 'description' || input.needsDescription);
    if (missing.length > 0) return { kind: 'incomplete', missing: missing.map((name) => needs[name]) };
    await ctx.db.prisma.course.update({
      where: { id },
      data: { status: 'PUBLISHED', publishAt: null, publishedAt: course.publishedAt ?? ctx.now },
    });
    await recountCategories(
      ctx,
      course.categories.map((row) => row.categoryId),
    );
    return { kind: 'published' };
  });
}

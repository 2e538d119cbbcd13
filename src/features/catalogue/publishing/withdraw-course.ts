import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { recountCategories } from '../categories/recount-categories.ts';
import { holdCourseAt } from '../write/editable-course.ts';
import { type CourseDeed, type CourseStatus, courseTransitions } from './states.ts';

const categoriesOf = statement<{ id: string }, [courseId: string]>('select category_id as id from course_categories where course_id = $1');

/** Takes a course out of the catalogue: back to a draft, which nobody learns in, or into the archive, where those enrolled go on. Done twice, it is done. */
export async function withdrawCourse(ctx: Context, input: { slug: string; deed: Exclude<CourseDeed, 'publish'> }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { id } = await holdCourseAt(ctx, input.slug);
    const { status } = await ctx.db.prisma.course.findUniqueOrThrow({ where: { id }, select: { status: true } });
    const wanted: CourseStatus = input.deed === 'archive' ? 'ARCHIVED' : 'DRAFT';
    if (status === wanted) return;
    if (courseTransitions[status][input.deed] !== wanted)
      throw new AppError('conflict', 'A draft is published before it goes to the archive.');
    await ctx.db.prisma.course.update({ where: { id }, data: { status: wanted } });
    await recountCategories(
      ctx,
      (await ctx.db.sql(categoriesOf, id)).map((category) => category.id),
    );
  });
}

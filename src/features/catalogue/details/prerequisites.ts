import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { holdCourseAt } from '../write/editable-course.ts';
import { requireCourses } from '../write/require-courses.ts';

const requiredSlugs = statement<{ slug: string }, [courseId: string]>(
  'select c.slug from course_prerequisites r join courses c on c.id = r.prerequisite_id where r.course_id = $1 order by c.title, c.slug',
);

/** More than anybody would finish first. */
const mostRequired = 10;

/** Asks for another course before this one. Gives why it cannot be asked for, in words, where it cannot. */
export async function addPrerequisite(ctx: Context, input: { slug: string; required: string }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { id: courseId } = await holdCourseAt(ctx, input.slug);
    const slugs = (await ctx.db.sql(requiredSlugs, courseId)).map(({ slug }) => slug);
    if (slugs.length >= mostRequired) throw new AppError('conflict', `A course asks for ${mostRequired} others at the most.`);
    const { unknown, circular } = await requireCourses(ctx, { courseId, slugs: [...slugs, input.required] });
    if (circular.length > 0) {
      throw new AppError('conflict', 'That course asks for this one first, directly or through others. Nobody could ever begin either.');
    }
    if (unknown.includes(input.required)) throw new AppError('not-found', 'There is no such course in the catalogue.');
  });
}

/** Asks for a course no longer. Done twice, it is done. */
export async function removePrerequisite(ctx: Context, input: { slug: string; required: string }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { id: courseId } = await holdCourseAt(ctx, input.slug);
    const slugs = (await ctx.db.sql(requiredSlugs, courseId)).map(({ slug }) => slug);
    await requireCourses(ctx, { courseId, slugs: slugs.filter((slug) => slug !== input.required) });
  });
}

import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId } from '#platform/ids.ts';
import { recountReviews } from './recount-reviews.ts';

const remove = statement<{ courseId: CourseId }, [slug: string, person: string]>(
  'delete from reviews where course_id = (select id from courses where slug = $1) and user_id = $2 returning course_id as "courseId"',
);

/** Takes the acting person's own review of a course away, with its answer. One that is gone already stays gone. */
export async function removeReview(ctx: Context, input: { slug: string }): Promise<void> {
  const { id } = requirePerson(ctx);
  await inTransaction(ctx, async (ctx) => {
    const [removed] = await ctx.db.sql(remove, input.slug, id);
    if (removed) await recountReviews(ctx, removed);
  });
}

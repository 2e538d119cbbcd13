import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId } from '#platform/ids.ts';

const recount = statement<unknown, [courseId: string]>('select recount_reviews($1)');

/** Brings a course's count and average in line with its visible reviews. All who review it take turns here, so call it last in the transaction. */
export async function recountReviews(ctx: Context, input: { courseId: CourseId }): Promise<void> {
  await ctx.db.sql(recount, input.courseId);
}

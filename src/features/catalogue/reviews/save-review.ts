import type { z } from 'zod';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { type CourseId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { reviewFields } from './fields.ts';
import { countReviewAttempt } from './limits.ts';
import { recountReviews } from './recount-reviews.ts';

const change = statement<{ id: string }, [courseId: string, person: string, rating: number, text: string, moment: string]>(
  `update reviews set rating = $3, text = $4, updated_at = case when (rating, text) = ($3, $4) then updated_at else $5::timestamptz end
    where course_id = $1 and user_id = $2 returning id`,
);

const write = statement<unknown, [id: string, courseId: string, person: string, rating: number, text: string, moment: string]>(
  `insert into reviews (id, course_id, user_id, rating, text, created_at, updated_at) values ($1, $2, $3, $4, $5, $6::timestamptz, $6::timestamptz)
   on conflict (course_id, user_id) do update set rating = excluded.rating, text = excluded.text, updated_at = excluded.updated_at`,
);

/**
 * Keeps what the acting person says of a course, once for each person, and counts it. Whether they have learned enough of it to say so,
 * learning knows and has asked; the database asks again.
 */
export async function saveReview(ctx: Context, input: { courseId: CourseId } & z.input<typeof reviewFields>): Promise<void> {
  const { id: personId } = requirePerson(ctx);
  const { rating, text } = parseInput(reviewFields, input);
  await countReviewAttempt(ctx, 'write');
  const moment = ctx.now.toISOString();
  await inTransaction(ctx, async (ctx) => {
    const [changed] = await ctx.db.sql(change, input.courseId, personId, rating, text, moment);
    if (!changed) await ctx.db.sql(write, newId(), input.courseId, personId, rating, text, moment);
    await recountReviews(ctx, input);
  });
}

import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { replyFields } from './fields.ts';
import { countReviewAttempt } from './limits.ts';
import { mayReplyToReviews } from './policy.ts';
import { reviewThatIsShown } from './shown-review.ts';

const reply = statement<unknown, [reviewId: string, said: string | null, moment: string]>(
  'select reply_to_review($1, $2, $3::timestamptz)',
);

/** Answers a review of a course that the acting person teaches, in place of an earlier answer. An empty one takes the answer back. */
export async function replyToReview(ctx: Context, input: { slug: string; reviewId: string; reply: string }): Promise<void> {
  requirePerson(ctx);
  const review = await reviewThatIsShown(ctx, input);
  if (!mayReplyToReviews(ctx.actor, review)) throw new AppError('forbidden', 'Only who teaches a course answers its reviews.');
  const fields = parseInput(replyFields, input);
  await countReviewAttempt(ctx, 'reply');
  await inTransaction(ctx, (ctx) => ctx.db.sql(reply, fields.reviewId, fields.reply || null, ctx.now.toISOString()));
}

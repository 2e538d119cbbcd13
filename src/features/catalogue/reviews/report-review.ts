import { fileReport } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { reportFields } from './fields.ts';
import { countReviewAttempt } from './limits.ts';
import { mayReportReview } from './policy.ts';
import { reviewThatIsShown } from './shown-review.ts';

/** Asks the moderators to look at somebody else's review, once. */
export async function reportReview(
  ctx: Context,
  input: { slug: string; reviewId: string; reason: string; details: string },
): Promise<void> {
  requirePerson(ctx);
  const { authorId } = await reviewThatIsShown(ctx, input);
  if (!mayReportReview(ctx.actor, authorId)) throw new AppError('forbidden', 'Your own review you can change or remove.');
  const { reviewId, reason, details } = parseInput(reportFields, input);
  await countReviewAttempt(ctx, 'report');
  await fileReport(ctx, { subjectType: 'REVIEW', subjectId: reviewId, reason, details });
}

import { saveReview } from '#features/catalogue/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { reviewerIn } from './own-review.ts';
import { leastPercentToReview } from './policy.ts';

/** Says what a course is like, or says it otherwise: the acting person has finished a fifth of it, and has one review of it. */
export async function writeReview(ctx: Context, input: { slug: string; rating: string | number; text: string }): Promise<void> {
  requirePerson(ctx);
  const reviewer = await reviewerIn(ctx, input.slug);
  if (reviewer?.step === 'not-yet') {
    throw new AppError(
      'forbidden',
      `Finish ${leastPercentToReview} % of the course first; you have finished ${reviewer.progressPercent} %.`,
    );
  }
  if (reviewer?.step !== 'write' && reviewer?.step !== 'change')
    throw new AppError('forbidden', 'Reviews are written by students of the course.');
  await saveReview(ctx, { courseId: reviewer.courseId, rating: input.rating, text: input.text });
}

import { updateCourse } from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { holdPricedCourse } from './priced-course.ts';

const priceOf = statement<{ id: string }, [courseId: string]>(
  'select r.id from prices r join products p on p.id = r.product_id where p.course_id = $1::uuid limit 1',
);

/** Says whether anybody may join a course for nothing. Its prices are kept for the day when it costs something again. */
export async function offerCourse(ctx: Context, input: { slug: string; isFree: boolean }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdPricedCourse(ctx, input.slug);
    if (!input.isFree && course.isPublished && (await ctx.db.sql(priceOf, course.id)).length === 0) {
      throw new AppError('conflict', 'This course is published: set a price first, and then say that it costs something.');
    }
    await updateCourse(ctx, { courseId: course.id, isFree: input.isFree });
  });
}

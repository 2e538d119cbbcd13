import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { holdPricedCourse } from './priced-course.ts';

const othersOf = statement<{ id: string }, [courseId: string, currency: string]>(
  'select r.id from prices r join products p on p.id = r.product_id where p.course_id = $1::uuid and r.currency <> $2',
);
const remove = statement<unknown, [courseId: string, currency: string]>(
  'delete from prices r using products p where p.id = r.product_id and p.course_id = $1::uuid and r.currency = $2',
);

/** Takes a course's price in one currency away. A published course keeps one, or is free. */
export async function removeCoursePrice(ctx: Context, input: { slug: string; currency: string }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdPricedCourse(ctx, input.slug);
    const isLast = (await ctx.db.sql(othersOf, course.id, input.currency)).length === 0;
    if (course.isPublished && !course.isFree && isLast) {
      throw new AppError(
        'conflict',
        'This course is published: it keeps a price, or becomes free. Set the other price first, or unpublish it.',
      );
    }
    await ctx.db.sql(remove, course.id, input.currency);
  });
}

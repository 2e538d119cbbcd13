import type { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { parseInput } from '#platform/input.ts';
import { holdPricedCourse } from './priced-course.ts';
import { priceFields, putPrice } from './put-price.ts';

/** A price as it is set: amounts in the currency's minor unit. */
export type WantedPrice = z.input<typeof priceFields>;

const productOf = statement<{ id: string }, [courseId: string]>('select product_of_course($1::uuid) as id');

/** Says what a course costs in one currency, or says it anew. Whether it is free is the course's own word. */
export async function setCoursePrice(ctx: Context, { slug, ...input }: { slug: string } & WantedPrice): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdPricedCourse(ctx, slug);
    const price = parseInput(priceFields, input);
    const [product] = await ctx.db.sql(productOf, course.id);
    if (!product) throw new Error('A course that its editor prices got no product.');
    await putPrice(ctx, product.id, price, { interval: null, trialDays: null });
  });
}

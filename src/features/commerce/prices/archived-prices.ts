import { z } from 'zod';
import type { CourseCompanion } from '#features/authoring/index.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId } from '#platform/ids.ts';
import { systemContext } from '#platform/runtime.server.ts';
import { priceFields, putPrice } from './put-price.ts';

const moment = z.iso
  .datetime({ offset: true })
  .transform((words) => new Date(words))
  .nullable();
const archivedPrices = z
  .array(z.looseObject({ discountStartsAt: moment, discountEndsAt: moment }).pipe(priceFields))
  .min(1)
  .refine((prices) => new Set(prices.map(({ currency }) => currency)).size === prices.length);

const pricesOf = statement<object, [courseId: string]>(`
  select r.currency, r.amount, r.discount_amount as "discountAmount", r.access_days as "accessDays",
         to_char(r.discount_starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "discountStartsAt",
         to_char(r.discount_ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "discountEndsAt"
    from prices r join products p on p.id = r.product_id where p.course_id = $1::uuid order by r.currency`);
const productOf = statement<{ id: string | null }, [courseId: string]>('select product_of_course($1::uuid) as id');
const isOrdered = statement<{ found: boolean }, [courseId: string]>(`
  select exists (select from order_items i join products p on p.id = i.product_id where p.course_id = $1::uuid)
      or exists (select from product_courses where course_id = $1::uuid) as found`);
const dropProduct = statement<unknown, [courseId: string]>('delete from products where course_id = $1::uuid');

/** What a course costs, as its archive, its copy and the undoing of an import carry it: one price for each currency, with window and days of access. */
export const archivedPricesDangerouslyUnchecked: CourseCompanion<z.output<typeof archivedPrices>> = {
  name: 'prices',
  schema: archivedPrices,
  async read(ctx, courseId) {
    const prices = await ctx.db.sql(pricesOf, courseId);
    return prices.length > 0 ? prices : undefined;
  },
  async give(ctx, courseId, prices) {
    const [product] = await ctx.db.sql(productOf, courseId);
    if (!product?.id) throw new Error('A course that its editor prices got no product.');
    for (const price of prices) await putPrice(ctx, product.id, price, { interval: null, trialDays: null });
  },
  async withdraw(ctx, courseId: CourseId) {
    // Orders are their buyers', and nobody else sees them: the school asks, and says only that there are some.
    const [answer] = await systemContext(ctx.now).db.sql(isOrdered, courseId);
    if (!answer?.found) await ctx.db.sql(dropProduct, courseId);
  },
  inWords: (prices) => `what it costs: a price in ${prices.map(({ currency }) => currency).join(', ')}`,
};

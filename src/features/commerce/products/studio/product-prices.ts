import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { parseInput } from '#platform/input.ts';
import { priceFields, putPrice, type Term } from '../../prices/put-price.ts';
import type { WantedPrice } from '../../prices/set-course-price.ts';
import type { BillingInterval } from '../product-rows.ts';
import { auditForOwner, holdProduct } from './edited-product.ts';
import { keepWhole } from './product-courses.ts';

const intervals = z.enum(['MONTH', 'YEAR'], 'Choose month or year.');
const trial = z.int('Whole days.').min(1, 'At least a day.').max(365, 'A year at the most.').nullable();
const termOfMembership = z.object({ interval: intervals, trialDays: trial });
const once: Term = { interval: null, trialDays: null };

const remove = statement<unknown, [id: string, currency: string, interval: BillingInterval | null]>(
  'delete from prices where product_id = $1::uuid and currency = $2 and interval is not distinct from $3::billing_interval',
);

/** Says what a bundle costs in one currency; what a membership costs by the month or the year, and how long it is tried for nothing. */
export async function setProductPrice(
  ctx: Context,
  { slug, interval, trialDays, ...input }: { slug: string; interval: string | null; trialDays: number | null } & WantedPrice,
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const product = await holdProduct(ctx, slug);
    const price = parseInput(priceFields, input);
    const term = product.type === 'BUNDLE' ? once : parseInput(termOfMembership, { interval, trialDays });
    // A membership lasts as long as it is paid.
    await putPrice(ctx, product.id, product.type === 'BUNDLE' ? price : { ...price, accessDays: null }, term);
    await auditForOwner(ctx, product);
  });
}

/** Takes a price away. What is on sale keeps one. */
export async function removeProductPrice(
  ctx: Context,
  input: { slug: string; currency: string; interval: BillingInterval | null },
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const product = await holdProduct(ctx, input.slug);
    await ctx.db.sql(remove, product.id, input.currency, input.interval);
    await keepWhole(ctx, product);
    await auditForOwner(ctx, product);
  });
}

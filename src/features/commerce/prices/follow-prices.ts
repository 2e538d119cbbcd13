import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';

// By the database's clock, which is the one that set the moment. Writing a row again has the database keep what it costs now, and tell guests' pages.
const writeAgain = statement<unknown, []>('update prices set updated_at = updated_at where changes_at <= now()');

/** Follows discounts that begin and end by the clock, each at its moment; every minute what may have been missed. */
export const followPricesJob = defineJob({
  name: 'commerce.followPrices',
  schema: z.object({}),
  schedule: '* * * * *',
  async handler(ctx) {
    await inTransaction(ctx, (ctx) => ctx.db.sql(writeAgain));
  },
});

/** Has prices looked at when a discount begins and ends. */
export async function followDiscount(ctx: Context, moments: readonly (Date | null)[]): Promise<void> {
  for (const at of moments)
    if (at && at > ctx.now) await enqueue(ctx, followPricesJob, {}, { runAt: at, key: `prices ${at.toISOString()}` });
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';

const add = statement<
  unknown,
  [id: string, orderId: string, buyerId: string, provider: string, amount: number, currency: string, moment: string]
>(
  `insert into payments (id, order_id, user_id, provider, amount, currency, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7::timestamptz, $7::timestamptz)`,
);

/** Writes a payment that waits for its money; its session is opened once this is committed. */
export async function addOpenPayment(
  ctx: Context,
  payment: { orderId: string; buyerId: string; provider: string; amount: number; currency: string },
): Promise<void> {
  const { orderId, buyerId, provider, amount, currency } = payment;
  await ctx.db.sql(add, newId(), orderId, buyerId, provider, amount, currency, ctx.now.toISOString());
}

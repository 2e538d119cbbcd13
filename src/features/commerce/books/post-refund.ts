import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { entriesOfReturn } from './entries-of-return.ts';
import { givenOfOrder } from './given-of-order.ts';
import { writeEntries } from './write-entries.ts';

const refundOf = statement<{ orderId: string; orderItemId: string | null; amount: number; currency: string }, [refundId: string]>(
  `select p.order_id as "orderId", r.order_item_id as "orderItemId", r.amount, r.currency
     from refunds r join payments p on p.id = r.payment_id where r.id = $1::uuid`,
);

/**
 * Posts money that has gone back to the buyer, in the transaction that says so: once, however often it is called. Whoever got a part of the sale gives back in
 * proportion.
 */
export async function postRefund(ctx: Context, { refundId }: { refundId: string }): Promise<void> {
  const [refund] = await ctx.db.sql(refundOf, refundId);
  if (!refund) throw new Error(`There is no refund ${refundId} to post.`);
  const { orderId, orderItemId, amount, currency } = refund;
  const given = await givenOfOrder(ctx, orderId);
  const entries = entriesOfReturn({ given, parts: [{ orderItemId, amount }], from: 'CASH' });
  await writeEntries(ctx, { posting: `refund:${refundId}`, subject: { orderId }, currency, entries });
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { entriesOfReturn, type ReturnedPart } from './entries-of-return.ts';
import { givenOfOrder } from './given-of-order.ts';
import { writeEntries } from './write-entries.ts';

interface Refunded {
  orderId: string;
  currency: string;
  /** As the credit note has them, with the part that is tax. */
  parts: ReturnedPart[];
}

const refundOf = statement<Refunded, [refundId: string]>(
  `select p.order_id as "orderId", r.currency,
          coalesce((select json_agg(json_build_object('orderItemId', x.order_item_id, 'amount', x.amount, 'tax', x.tax) order by x.order_item_id)
                      from refund_items x where x.refund_id = r.id),
                   json_build_array(json_build_object('orderItemId', r.order_item_id, 'amount', r.amount))) as parts
     from refunds r join payments p on p.id = r.payment_id where r.id = $1::uuid`,
);

/**
 * Posts money that has gone back to the buyer, in the transaction that says so, once its items know their tax: once, however often it is called. Whoever got a part of
 * the sale gives back in proportion.
 */
export async function postRefund(ctx: Context, { refundId }: { refundId: string }): Promise<void> {
  const [refund] = await ctx.db.sql(refundOf, refundId);
  if (!refund) throw new Error(`There is no refund ${refundId} to post.`);
  const { orderId, currency, parts } = refund;
  const given = await givenOfOrder(ctx, orderId);
  const entries = entriesOfReturn({ given, parts, from: 'CASH' });
  await writeEntries(ctx, { posting: `refund:${refundId}`, subject: { orderId }, currency, entries });
}

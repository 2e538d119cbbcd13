import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { postRefund } from '../books/post-refund.ts';
import { issueCreditNote } from '../invoices/issue-credit-note.ts';
import { withdrawItem } from '../items/withdraw-item.ts';
import { isSettled } from '../orders/order-status.ts';
import type { HeldOrder } from './held-order.ts';
import { sendRefundMail } from './send-refund-mail.ts';
import { taxOfPart } from './spread-refund.ts';

const succeed = statement<{ amount: number }, [refundId: string, providerRefundId: string, moment: string]>(
  `update refunds set status = 'SUCCEEDED', provider_refund_id = $2, refunded_at = $3::timestamptz, updated_at = $3::timestamptz
    where id = $1::uuid and status = 'PENDING' returning amount`,
);
const partsOf = statement<{ itemId: string; amount: number }, [refundId: string]>(
  'select order_item_id as "itemId", amount from refund_items where refund_id = $1::uuid order by order_item_id',
);
const giveBack = statement<unknown, [refundId: string, itemId: string, tax: number, moment: string]>(
  `with part as (
     update refund_items set tax = $3, updated_at = $4::timestamptz where refund_id = $1::uuid and order_item_id = $2::uuid returning order_item_id, amount)
   update order_items i set refunded_amount = i.refunded_amount + part.amount, refunded_at = $4::timestamptz, updated_at = $4::timestamptz
     from part where i.id = part.order_item_id`,
);
// What an order that was never fulfilled gives back changes nothing but its payment.
const turnOrder = statement<{ isWhole: boolean }, [orderId: string, moment: string]>(
  `update orders o
      set status = (case when o.completed_at is null then o.status::text when sums.refunded >= o.total then 'REFUNDED' else 'PARTIALLY_REFUNDED' end)::order_status,
          payment_status = (case when sums.refunded >= o.total then 'REFUNDED' else o.payment_status::text end)::payment_status, updated_at = $2::timestamptz
     from (select sum(refunded_amount)::int as refunded from order_items where order_id = $1::uuid) sums
    where o.id = $1::uuid
   returning sums.refunded >= o.total as "isWhole"`,
);
const turnPayment = statement<unknown, [paymentId: string, moment: string]>(
  `update payments p set status = 'REFUNDED', updated_at = $2::timestamptz
    where p.id = $1::uuid and p.amount <= (select sum(r.amount) from refunds r where r.payment_id = p.id and r.status = 'SUCCEEDED')`,
);

/**
 * Everything that follows from money that went back, in one transaction that holds the order. Told twice, it happens once: `false` where it had happened. Access ends
 * with an item that went back whole; what somebody got a part of the price back for, they keep.
 */
export async function bookRefund(ctx: Context, order: HeldOrder, refund: { id: string; providerRefundId: string }): Promise<boolean> {
  const moment = ctx.now.toISOString();
  const [booked] = await ctx.db.sql(succeed, refund.id, refund.providerRefundId, moment);
  if (!booked) return false;
  const parts = await ctx.db.sql(partsOf, refund.id);
  const whole: string[] = [];
  for (const { itemId, amount } of parts) {
    const item = order.items.find(({ id }) => id === itemId);
    if (!item) throw new Error(`The refund ${refund.id} names an item of another order.`);
    await ctx.db.sql(giveBack, refund.id, itemId, taxOfPart(item, amount), moment);
    if (item.refunded + amount === item.total) whole.push(itemId);
  }
  const [turned] = await ctx.db.sql(turnOrder, order.id, moment);
  await ctx.db.sql(turnPayment, order.paymentId, moment);
  // With the whole order, what a coupon had made free goes back too.
  const ended = turned?.isWhole ? order.items.map(({ id }) => id) : whole;
  for (const orderItemId of ended) await withdrawItem(ctx, { orderItemId, reason: 'Refunded' });
  if (isSettled(order.status)) await postRefund(ctx, { refundId: refund.id });
  await issueCreditNote(ctx, { refundId: refund.id });
  await sendRefundMail(ctx, {
    refundId: refund.id,
    hasEnded: order.items.filter(({ id }) => ended.includes(id)).map(({ title }) => title),
  });
  return true;
}

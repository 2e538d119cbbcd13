import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { releaseCoupon } from '../coupons/redeem-coupon.ts';
import { mayBecome, type OrderStatus } from '../orders/order-status.ts';

const hold = statement<{ status: OrderStatus }, [orderId: string]>('select status from orders where id = $1::uuid for no key update');

/** Whether the order is being paid through another session than the one that ended. */
const paidElsewhere = statement<{ id: string }, [orderId: string, sessionId: string | null]>(
  `select id from payments where order_id = $1::uuid and status = 'PENDING' and $2::text <> '' and session_id is distinct from $2 limit 1`,
);

const failPayments = statement<unknown, [orderId: string, reason: string, moment: string]>(
  `update payments set status = 'FAILED', failure_reason = $2, updated_at = $3::timestamptz where order_id = $1::uuid and status = 'PENDING'`,
);

const end = statement<unknown, [orderId: string, ending: string, moment: string]>(
  `update orders set status = 'CANCELLED', metadata = metadata || jsonb_build_object('ending', $2::text), updated_at = $3::timestamptz where id = $1::uuid`,
);

const words = { expired: 'The time to pay ran out.', cancelled: 'The order was cancelled.' };

/**
 * Gives up an order that nobody paid, and frees its coupon; in a transaction of the school. False when there is nothing to give up: it was paid, or is over already.
 * The order is held before the coupon: whoever holds a coupon waits for no order that is there already.
 */
export async function endOrder(
  ctx: Context,
  { orderId, sessionId, ending }: { orderId: string; sessionId: string | null; ending: keyof typeof words },
): Promise<boolean> {
  const [order] = isId(orderId) ? await ctx.db.sql(hold, orderId) : [];
  if (!order || !mayBecome(order.status, 'CANCELLED')) return false;
  if ((await ctx.db.sql(paidElsewhere, orderId, sessionId))[0]) return false;
  await ctx.db.sql(failPayments, orderId, words[ending], ctx.now.toISOString());
  await ctx.db.sql(end, orderId, ending, ctx.now.toISOString());
  await releaseCoupon(ctx, { orderId });
  return true;
}

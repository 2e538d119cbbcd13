import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { OrderToSettle } from './order-to-settle.ts';
import { retakeCoupon } from './retake-coupon.ts';

const stillHere = statement<{ isHere: boolean }, [buyerId: string]>('select deleted_at is null as "isHere" from users where id = $1::uuid');

/**
 * Whether an order that was given up can still be fulfilled when its money comes late: its buyer is here, has nothing of it already, and its coupon has a use left, which it
 * takes again. What it asked for was paid in full, so its price holds.
 */
export async function standsStill(ctx: Context, order: OrderToSettle, doubles: readonly string[]): Promise<boolean> {
  const [buyer] = await ctx.db.sql(stillHere, order.buyerId);
  if (!buyer?.isHere || doubles.length > 0) return false;
  return order.couponId === null || retakeCoupon(ctx, { orderId: order.id, couponId: order.couponId });
}

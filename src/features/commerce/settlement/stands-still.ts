import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { OrderToSettle } from './order-to-settle.ts';
import { retakeCoupon } from './retake-coupon.ts';

/** Courses of the order's own items that the buyer has by another way already, and whether the buyer is still here. */
const whatChanged = statement<{ ownedCourseIds: string[]; isHere: boolean }, [buyerId: string, courseIds: string[], moment: string]>(
  `select (select deleted_at is null from users where id = $1::uuid) as "isHere",
          coalesce((select array_agg(distinct g.course_id) from access_grants g
                     where g.user_id = $1::uuid and g.course_id = any ($2::uuid[]) and g.revoked_at is null and g.source <> 'MEMBERSHIP'
                       and (g.expires_at is null or g.expires_at > $3::timestamptz)), '{}') as "ownedCourseIds"`,
);

/**
 * Whether an order that was given up can still be fulfilled when its money comes late: its buyer is here, has not bought the same in the meantime, and its coupon has a
 * use left, which it takes again. What it asked for was paid in full, so its price holds.
 */
export async function standsStill(ctx: Context, order: OrderToSettle): Promise<boolean> {
  const own = order.items.filter(({ isGift, quantity, product }) => !isGift && quantity === 1 && product.courses.length > 0);
  const courseIds = own.flatMap(({ product }) => product.courses.map(({ id }) => id));
  const [changed] = await ctx.db.sql(whatChanged, order.buyerId, courseIds, ctx.now.toISOString());
  if (!changed?.isHere) return false;
  if (own.some(({ product }) => product.courses.every(({ id }) => changed.ownedCourseIds.includes(id)))) return false;
  return order.couponId === null || retakeCoupon(ctx, { orderId: order.id, couponId: order.couponId });
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

const hold = statement<{ isFree: boolean }, [couponId: string]>(
  `select max_uses is null or used_count < max_uses as "isFree" from coupons where id = $1::uuid for no key update`,
);

const take = statement<unknown, [orderId: string, moment: string]>(
  `with taken as (
     update coupon_redemptions set released_at = null, updated_at = $2::timestamptz where order_id = $1::uuid and released_at is not null returning coupon_id
   )
   update coupons c set used_count = used_count + 1, updated_at = $2::timestamptz from taken where c.id = taken.coupon_id`,
);

/** Takes the coupon's use again that an order gave back when it was given up; false where somebody else has had the last one since. */
export async function retakeCoupon(ctx: Context, { orderId, couponId }: { orderId: string; couponId: string }): Promise<boolean> {
  const [coupon] = await ctx.db.sql(hold, couponId);
  if (!coupon?.isFree) return false;
  await ctx.db.sql(take, orderId, ctx.now.toISOString());
  return true;
}

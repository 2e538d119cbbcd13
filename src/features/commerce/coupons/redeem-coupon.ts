import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { type Coupon, type CouponBasket, type CouponRefusal, judgeCoupon } from './judge-coupon.ts';
import { couponByCode, holdCoupon } from './kept-coupon.ts';

export interface Redemption {
  code: string;
  userId: string;
  orderId: string;
  currency: string;
  lines: CouponBasket['lines'];
}

/** What came of it: the coupon and what it covers, or why it does not apply. */
export type RedeemedCoupon =
  | { kind: 'redeemed'; coupon: Coupon; coveredProductIds: string[] }
  | { kind: 'refused'; reason: CouponRefusal; coupon: Coupon | null };

const redeemed = statement<unknown, [id: string, couponId: string, userId: string, orderId: string, currency: string, moment: string]>(
  `insert into coupon_redemptions (id, coupon_id, user_id, order_id, amount, currency, created_at, updated_at)
   values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, 0, $5, $6::timestamptz, $6::timestamptz)`,
);
const count = statement<unknown, [couponId: string, moment: string]>(
  'update coupons set used_count = used_count + 1, updated_at = $2::timestamptz where id = $1::uuid',
);

/**
 * Uses a coupon for an order, in the order's own transaction, as the school; the order's row may follow. Holds the coupon, so that uses are judged one after another; whoever
 * also takes a number does so afterwards. The code has been through `findCoupon` before, which counts the wrong ones.
 */
export async function redeemCoupon(ctx: Context, { code, userId, orderId, currency, lines }: Redemption): Promise<RedeemedCoupon> {
  const typed = code.trim();
  // A second statement: it sees what the transaction before this one has counted.
  const [, [found]] = await Promise.all([ctx.db.sql(holdCoupon, typed), ctx.db.sql(couponByCode, typed, userId)]);
  if (!found) return { kind: 'refused', reason: 'unknown', coupon: null };
  const { usesByPerson, ...coupon } = found;
  const judgment = judgeCoupon(coupon, { currency, lines, usesByPerson }, ctx.now);
  if (!judgment.applies) return { kind: 'refused', reason: judgment.reason, coupon };
  await Promise.all([
    ctx.db.sql(redeemed, newId(), coupon.id, userId, orderId, currency, ctx.now.toISOString()),
    ctx.db.sql(count, coupon.id, ctx.now.toISOString()),
  ]);
  return { kind: 'redeemed', coupon, coveredProductIds: judgment.coveredProductIds };
}

const setAmount = statement<unknown, [orderId: string, amount: number]>(
  'update coupon_redemptions set amount = $2 where order_id = $1::uuid',
);

/** Says what a coupon took off an order, once that is known; in the same transaction. */
export async function setRedemptionAmount(ctx: Context, { orderId, amount }: { orderId: string; amount: number }): Promise<void> {
  await ctx.db.sql(setAmount, orderId, amount);
}

const release = statement<unknown, [orderId: string, moment: string]>(
  `with held as (
     select c.id from coupons c join coupon_redemptions r on r.coupon_id = c.id where r.order_id = $1::uuid for no key update of c
   ), released as (
     update coupon_redemptions r set released_at = $2::timestamptz, updated_at = $2::timestamptz
       from held where r.coupon_id = held.id and r.order_id = $1::uuid and r.released_at is null
     returning r.coupon_id
   )
   update coupons c set used_count = used_count - 1, updated_at = $2::timestamptz from released where c.id = released.coupon_id`,
);

/** Gives a coupon's use back when a pending order expires or is cancelled, in the transaction that ends the order; twice is once. */
export async function releaseCoupon(ctx: Context, { orderId }: { orderId: string }): Promise<void> {
  await ctx.db.sql(release, orderId, ctx.now.toISOString());
}

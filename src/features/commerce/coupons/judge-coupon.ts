/** A coupon as it is judged. Amounts are minor units of its `currency`. */
export interface Coupon {
  id: string;
  code: string;
  type: 'PERCENTAGE' | 'FIXED_AMOUNT';
  /** Percent, or minor units of `currency`. */
  value: number;
  currency: string | null;
  maxDiscount: number | null;
  /** What it covers must cost at least this. */
  minOrder: number | null;
  maxUses: number | null;
  maxUsesPerUser: number | null;
  usedCount: number;
  startsAt: Date;
  /** The first moment without it. */
  endsAt: Date | null;
  active: boolean;
  scope: 'ALL' | 'PRODUCTS' | 'INSTRUCTOR';
  /** Set exactly for the scope INSTRUCTOR. */
  instructorId: string | null;
  /** Of the scope PRODUCTS; of the scope INSTRUCTOR too, where it is narrowed to some of the instructor's. */
  productIds: string[];
}

/** What a buyer is about to pay: `amount` is the price of all seats of the line. */
export interface CouponBasket {
  currency: string;
  lines: readonly { productId: string; ownerId: string; amount: number }[];
  /** How often the buyer has used the coupon. */
  usesByPerson: number;
}

export type CouponRefusal =
  | 'unknown'
  | 'switched-off'
  | 'not-begun'
  | 'over'
  | 'used-up'
  | 'used-by-you'
  | 'other-currency'
  | 'covers-nothing'
  | 'too-little';

export type CouponJudgment = { applies: true; coveredProductIds: string[] } | { applies: false; reason: CouponRefusal };

/** Whether a coupon lowers what a buyer is about to pay, and on which products; else the first reason why it does not. Every rule is here. */
export function judgeCoupon(coupon: Coupon, basket: CouponBasket, now: Date): CouponJudgment {
  const covered = basket.lines.filter((line) => covers(coupon, line));
  const amount = covered.reduce((sum, line) => sum + line.amount, 0);
  const reason = ownReason(coupon, basket.usesByPerson, now) ?? reasonOfBasket(coupon, basket.currency, amount);
  return reason ? { applies: false, reason } : { applies: true, coveredProductIds: covered.map(({ productId }) => productId) };
}

function ownReason(coupon: Coupon, usesByPerson: number, now: Date): CouponRefusal | null {
  if (!coupon.active) return 'switched-off';
  if (now < coupon.startsAt) return 'not-begun';
  if (coupon.endsAt && now >= coupon.endsAt) return 'over';
  if (coupon.maxUsesPerUser !== null && usesByPerson >= coupon.maxUsesPerUser) return 'used-by-you';
  return coupon.maxUses !== null && coupon.usedCount >= coupon.maxUses ? 'used-up' : null;
}

function reasonOfBasket(coupon: Coupon, currency: string, amount: number): CouponRefusal | null {
  if (amount === 0) return 'covers-nothing';
  if (coupon.currency !== null && coupon.currency !== currency) return 'other-currency';
  return coupon.minOrder !== null && amount < coupon.minOrder ? 'too-little' : null;
}

function covers(coupon: Coupon, line: { productId: string; ownerId: string }): boolean {
  const isListed = coupon.productIds.includes(line.productId);
  if (coupon.scope === 'PRODUCTS') return isListed;
  if (coupon.scope === 'INSTRUCTOR') return line.ownerId === coupon.instructorId && (coupon.productIds.length === 0 || isListed);
  return true;
}

import type { CouponRefusal } from '../coupons/judge-coupon.ts';
import { type CouponWorth, type Quote, quoteOrder } from '../pricing/quote.ts';
import type { PricedLine } from '../products/priced-lines.ts';

/** A coupon with the products that it covers. */
export interface CoveringCoupon extends CouponWorth {
  coveredProductIds: readonly string[];
}

/** What an order costs now, and what a membership in it costs each time. */
export interface Reckoning {
  quote: Quote;
  /** By line; null of what is paid once. */
  recurringAmounts: (number | null)[];
}

/** Reckons lines with their taxes and a coupon. While a trial lasts nothing is asked for; the price of a membership is never lowered, since it comes again. */
export function reckon(
  lines: readonly PricedLine[],
  tax: { rates: readonly number[]; taxIncluded: boolean },
  coupon: CoveringCoupon | null,
): Reckoning {
  const quoted = lines.map(({ productId, type, listPrice, price, trialDays }, index) => ({
    listPrice: trialDays === null ? listPrice : 0,
    price: trialDays === null ? price : 0,
    isCovered: type !== 'MEMBERSHIP' && coupon !== null && coupon.coveredProductIds.includes(productId),
    taxRateBasisPoints: tax.rates[index] ?? 0,
  }));
  const each = lines.map(({ type, price, listPrice }, index) => {
    if (type !== 'MEMBERSHIP') return null;
    const line = { price, listPrice, isCovered: false, taxRateBasisPoints: tax.rates[index] ?? 0 };
    return quoteOrder({ lines: [line], coupon: null, taxIncluded: tax.taxIncluded }).total;
  });
  return { quote: quoteOrder({ lines: quoted, coupon, taxIncluded: tax.taxIncluded }), recurringAmounts: each };
}

/** What a coupon is judged by. */
export function couponLines(lines: readonly PricedLine[]): { productId: string; ownerId: string; amount: number }[] {
  return lines.filter(({ type }) => type !== 'MEMBERSHIP').map(({ productId, ownerId, price }) => ({ productId, ownerId, amount: price }));
}

/** Why a coupon does not lower what is bought; that it covers none of it is said of a membership in other words. */
export function refusalOf(lines: readonly PricedLine[], reason: CouponRefusal): CouponRefusal | 'membership' {
  return reason === 'covers-nothing' && lines.some(({ type }) => type === 'MEMBERSHIP') ? 'membership' : reason;
}

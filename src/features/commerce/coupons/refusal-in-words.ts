import { formatMoney } from '#platform/money.ts';
import { momentInWords } from '#platform/time.ts';
import type { Coupon, CouponRefusal } from './judge-coupon.ts';

/** Why a code does not apply, for the person who typed it. `coupon` is null exactly where there is none. */
export function couponRefusalInWords(
  reason: CouponRefusal | 'membership',
  coupon: Pick<Coupon, 'startsAt' | 'currency' | 'minOrder' | 'maxUsesPerUser'> | null,
  { locale, timeZone }: { locale: string; timeZone: string },
): string {
  switch (reason) {
    case 'unknown':
      return 'There is no coupon with this code. Look whether it is typed as you got it.';
    case 'switched-off':
    case 'over':
      return 'This coupon is over.';
    case 'not-begun':
      return coupon ? `This coupon begins ${momentInWords(coupon.startsAt, timeZone)}.` : 'This coupon has not begun yet.';
    case 'used-up':
      return 'This coupon has been used as often as it could be.';
    case 'used-by-you':
      return coupon?.maxUsesPerUser === 1 ? 'You have used this coupon already.' : 'You have used this coupon as often as one person can.';
    case 'other-currency':
      return `This coupon is for prices in ${coupon?.currency ?? 'another currency'}.`;
    case 'covers-nothing':
      return 'This coupon is for other things than those in your cart.';
    case 'membership':
      return 'Coupons do not lower memberships: their price is paid again and again.';
    case 'too-little':
      return coupon?.currency && coupon.minOrder
        ? `This coupon begins at ${formatMoney({ minor: coupon.minOrder, currency: coupon.currency }, locale)} of what it covers.`
        : 'There is too little in your cart for this coupon.';
  }
}

import { formatMoney } from '#platform/money.ts';
import { formatPercent } from '../settings/percent.ts';
import type { Coupon } from './judge-coupon.ts';

/** What a coupon is at a moment, for those who made it. */
export type CouponState = 'on' | 'not-begun' | 'over' | 'used-up' | 'off';

/** What a coupon is at a moment. */
export function couponState(coupon: Pick<Coupon, 'active' | 'startsAt' | 'endsAt' | 'maxUses' | 'usedCount'>, now: Date): CouponState {
  if (!coupon.active) return 'off';
  if (now < coupon.startsAt) return 'not-begun';
  if (coupon.endsAt && now >= coupon.endsAt) return 'over';
  return coupon.maxUses !== null && coupon.usedCount >= coupon.maxUses ? 'used-up' : 'on';
}

/** What a coupon takes off: "20 %, at most $50.00", "$10.00 from $40.00". */
export function couponInWords(coupon: Pick<Coupon, 'type' | 'value' | 'currency' | 'maxDiscount' | 'minOrder'>, locale: string): string {
  const money = (minor: number) => formatMoney({ minor, currency: coupon.currency ?? 'USD' }, locale);
  const off = coupon.type === 'PERCENTAGE' ? formatPercent(coupon.value * 100, locale) : money(coupon.value);
  const most = coupon.maxDiscount === null ? '' : `, at most ${money(coupon.maxDiscount)}`;
  return off + most + (coupon.minOrder === null ? '' : `, from ${money(coupon.minOrder)}`);
}

import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { findCoupon } from '../coupons/find-coupon.ts';
import { type Coupon, judgeCoupon } from '../coupons/judge-coupon.ts';
import { couponRefusalInWords } from '../coupons/refusal-in-words.ts';
import type { PricedLine } from '../products/priced-lines.ts';

/** What a code means for a cart: how much it takes off, or why it does not apply. */
export type CartCoupon = { code: string; applies: true } | { code: string; applies: false; message: string };

/** What was found under a code: a coupon, nothing, or that too many wrong codes were tried from here. */
type Found = { code: string; found: Awaited<ReturnType<typeof findCoupon>>; refusal: string | null };

/** Looks a code up for a cart's preview. Nothing is used by that. */
export async function couponOfCart(ctx: Context, code: string | null, userId: string | null): Promise<Found | null> {
  if (!code) return null;
  try {
    return { code, found: await findCoupon(ctx, { code, userId }), refusal: null };
  } catch (error) {
    // The cart is shown all the same, and says it beside the code.
    if (!(error instanceof AppError)) throw error;
    return { code, found: null, refusal: error.message };
  }
}

/** Whether a coupon applies to what can be bought of a cart, and to what of it. */
export function judgeForCart(
  ctx: Context,
  asked: Found | null,
  lines: readonly PricedLine[],
  currency: string,
): { coupon: CartCoupon | null; worth: Coupon | null; covered: string[] } {
  if (!asked) return { coupon: null, worth: null, covered: [] };
  const { code, found, refusal } = asked;
  const refused = (message: string) => ({ coupon: { code, applies: false as const, message }, worth: null, covered: [] });
  if (refusal) return refused(refusal);
  const { locale, timeZone } = ctx.actor.kind === 'person' ? ctx.actor : { locale: 'en', timeZone: 'UTC' };
  if (!found) return refused(couponRefusalInWords('unknown', null, { locale, timeZone }));
  const basket = {
    currency,
    lines: lines.map(({ productId, ownerId, price }) => ({ productId, ownerId, amount: price })),
    usesByPerson: found.usesByPerson,
  };
  const judgment = judgeCoupon(found.coupon, basket, ctx.now);
  if (!judgment.applies) return refused(couponRefusalInWords(judgment.reason, found.coupon, { locale, timeZone }));
  return { coupon: { code, applies: true }, worth: found.coupon, covered: judgment.coveredProductIds };
}

import fc from 'fast-check';
import { minorDigits } from '#platform/money.ts';
import type { CouponWorth, QuotedItem } from '../pricing/quote.ts';

const currencies = ['JPY', 'INR', 'USD', 'KWD'] as const;
/** Prices as people set them in the currency, and odd ones: from nothing to ten thousand of its main unit. */
const amountIn = (currency: string) =>
  fc.oneof(
    fc.nat({ max: 20 }),
    fc.nat({ max: 10_000 }).map((units) => units * 10 ** minorDigits(currency)),
    fc.nat({ max: 10_000_000 }),
  );

const itemIn = (currency: string): fc.Arbitrary<QuotedItem> =>
  fc
    .record({
      listPrice: amountIn(currency),
      window: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
      isCovered: fc.boolean(),
      taxRateBasisPoints: fc.constantFrom(0, 500, 550, 810, 1700, 1800, 1900, 2000, 2550, 2700, 10_000),
    })
    .map(({ window, ...item }) => ({ ...item, price: Math.floor(item.listPrice * window) }));

const couponIn = (currency: string): fc.Arbitrary<CouponWorth | null> => {
  const cap = fc.option(amountIn(currency).map((amount) => amount + 1));
  return fc.oneof(
    fc.constant(null),
    fc.record({ type: fc.constant('PERCENTAGE' as const), value: fc.integer({ min: 1, max: 100 }), maxDiscount: cap }),
    fc.record({ type: fc.constant('FIXED_AMOUNT' as const), value: amountIn(currency).map((amount) => amount + 1), maxDiscount: cap }),
  );
};

/** Orders of every mix of prices, coupon, tax rates and currency, with taxes within the prices or on top; a rate of nothing is also that of a reverse charge. */
export const anOrder = fc.constantFrom(...currencies).chain((currency) =>
  fc.record({
    lines: fc.array(itemIn(currency), { minLength: 1, maxLength: 12 }),
    coupon: couponIn(currency),
    taxIncluded: fc.boolean(),
  }),
);

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anOrder } from '../testing/any-order.ts';
import { type CouponWorth, type QuotedItem, quoteOrder } from './quote.ts';

const sum = (amounts: number[]) => amounts.reduce((all, amount) => all + amount, 0);
const runs = { numRuns: 500 };

test('the cents of the items add up to the order, for every mix of discount, tax and currency', () => {
  fc.assert(
    fc.property(anOrder, (order) => {
      const quote = quoteOrder(order);
      for (const part of ['discount', 'tax', 'total'] as const) expect(sum(quote.lines.map((line) => line[part]))).toBe(quote[part]);
      expect(sum(quote.lines.map(({ price }) => price))).toBe(quote.subtotal);
      expect(quote.total).toBe(quote.subtotal - quote.discount + (order.taxIncluded ? 0 : quote.tax));
      for (const { price, discount, tax, total } of quote.lines) expect(total).toBe(price - discount + (order.taxIncluded ? 0 : tax));
    }),
    runs,
  );
});

test('every amount is a whole one, none is below nothing, and what is not covered or costs nothing is not discounted', () => {
  fc.assert(
    fc.property(anOrder, (order) => {
      const quote = quoteOrder(order);
      for (const [index, { price, discount, tax, total }] of quote.lines.entries()) {
        for (const amount of [price, discount, tax, total]) expect(Number.isSafeInteger(amount) && amount >= 0).toBe(true);
        expect(discount).toBeLessThanOrEqual(order.lines[index]?.isCovered ? price : 0);
        expect(tax).toBeLessThanOrEqual(order.lines[index]?.taxRateBasisPoints ? price - discount : 0);
      }
      expect(quote.originalAmount).toBeGreaterThanOrEqual(quote.subtotal);
    }),
    runs,
  );
});

test('a coupon takes off what it says: never more than its limit or what it covers, and a line never more than a unit from its exact part', () => {
  fc.assert(
    fc.property(anOrder, ({ coupon, ...order }) => {
      fc.pre(coupon !== null);
      if (!coupon) return;
      const quote = quoteOrder({ coupon, ...order });
      const covered = sum(order.lines.map(({ isCovered, price }) => (isCovered ? price : 0)));
      const exact = coupon.type === 'PERCENTAGE' ? (covered * coupon.value) / 100 : coupon.value;
      const limit = Math.min(exact, coupon.maxDiscount ?? Number.POSITIVE_INFINITY, covered);
      expect(Math.abs(quote.discount - limit)).toBeLessThanOrEqual(0.5);
      for (const [index, line] of quote.lines.entries()) {
        if (covered === 0 || !order.lines[index]?.isCovered) continue;
        expect(Math.abs(line.discount - (quote.discount * line.price) / covered)).toBeLessThan(1);
      }
    }),
    runs,
  );
});

test('the tax at each rate is that of the sum at that rate, rounded once', () => {
  fc.assert(
    fc.property(anOrder, (order) => {
      const quote = quoteOrder(order);
      for (const rate of new Set(order.lines.map(({ taxRateBasisPoints }) => taxRateBasisPoints))) {
        const lines = quote.lines.filter((_, index) => order.lines[index]?.taxRateBasisPoints === rate);
        const base = sum(lines.map(({ price, discount }) => price - discount));
        const exact = (base * rate) / (order.taxIncluded ? 10_000 + rate : 10_000);
        expect(Math.abs(sum(lines.map(({ tax }) => tax)) - exact)).toBeLessThanOrEqual(0.5);
      }
    }),
    runs,
  );
});

const item = (price: number, taxRateBasisPoints = 0): QuotedItem => ({ listPrice: price, price, isCovered: true, taxRateBasisPoints });

test('three courses of $10.00 with 10 % off and 19 % within', () => {
  const coupon: CouponWorth = { type: 'PERCENTAGE', value: 10, maxDiscount: null };
  const quote = quoteOrder({ lines: [item(1000, 1900), item(1000, 1900), item(1000, 1900)], coupon, taxIncluded: true });
  expect(quote).toMatchObject({ originalAmount: 3000, subtotal: 3000, discount: 300, tax: 431, total: 2700 });
  expect(quote.lines.map(({ tax }) => tax)).toEqual([144, 144, 143]);
});

test('a fixed coupon of $10.00 on three equal courses loses no cent', () => {
  const coupon: CouponWorth = { type: 'FIXED_AMOUNT', value: 1000, maxDiscount: null };
  const quote = quoteOrder({ lines: [item(1999), item(1999), item(1999)], coupon, taxIncluded: false });
  expect(quote.lines.map(({ discount }) => discount)).toEqual([334, 333, 333]);
  expect(quote.total).toBe(4997);
});

test('a coupon of the whole price makes an order that costs nothing', () => {
  const coupon: CouponWorth = { type: 'PERCENTAGE', value: 100, maxDiscount: null };
  expect(quoteOrder({ lines: [item(7500, 1000), item(1, 1000)], coupon, taxIncluded: false })).toMatchObject({
    tax: 0,
    total: 0,
    discount: 7501,
  });
});

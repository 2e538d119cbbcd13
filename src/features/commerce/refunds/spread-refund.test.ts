import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteOrder } from '../pricing/quote.ts';
import { anOrder } from '../testing/any-order.ts';
import { leftOf, type RefundableItem, spreadRefund, taxOfPart } from './spread-refund.ts';

const item = fc
  .tuple(fc.nat(2_000_000), fc.nat(1000), fc.nat(1000), fc.nat(10_000))
  .map(([total, first, second, rate]): Omit<RefundableItem, 'id' | 'title'> => {
    const refunded = Math.floor((total * first) / 1000);
    const waiting = Math.floor(((total - refunded) * second) / 1000);
    return { total, tax: Math.floor((total * rate) / 10_000), refunded, waiting };
  });
const items = fc
  .array(item, { minLength: 1, maxLength: 6 })
  .map((all): RefundableItem[] => all.map((one, index) => ({ ...one, id: `${index}`, title: `Item ${index}` })));

test('an amount spread over items adds up, and no item gives back more than is left of it', () => {
  fc.assert(
    fc.property(items, fc.nat(1000), (items, part) => {
      const left = items.reduce((sum, item) => sum + leftOf(item), 0);
      const amount = Math.floor((left * part) / 1000);
      const spread = spreadRefund(items, amount);
      expect(spread.reduce((sum, { amount }) => sum + amount, 0)).toBe(amount);
      for (const { itemId, amount } of spread) expect(amount).toBeLessThanOrEqual(leftOf(items[Number(itemId)]!));
    }),
  );
});

test('the tax of an item that goes back in parts adds up to its tax, and is never more than its part', () => {
  fc.assert(
    fc.property(item, fc.array(fc.nat(1000), { maxLength: 5 }), ({ total, tax }, cuts) => {
      const places = [...cuts.map((cut) => Math.floor((total * cut) / 1000)), total].sort((a, b) => a - b);
      let refunded = 0;
      let taxed = 0;
      for (const place of places) {
        const part = taxOfPart({ total, tax, refunded }, place - refunded);
        expect(part >= 0 && part <= place - refunded).toBe(true);
        taxed += part;
        refunded = place;
      }
      expect(taxed).toBe(tax);
    }),
  );
});

/** A part of an order that goes back: of one item, or over all of them where none is named; thousandths of what is left. */
const aPart = fc.record({ item: fc.option(fc.nat(11)), part: fc.nat(1000) });

test('an order of any mix that goes back in any parts, in any order, gives back what was paid for each item, and its credit notes exactly its tax', () => {
  fc.assert(
    fc.property(anOrder, fc.array(aPart, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (order, parts, picks) => {
      const quote = quoteOrder(order);
      const items: RefundableItem[] = quote.lines.map(({ total, tax }, index) => ({
        ...{ id: `${index}`, title: `Item ${index}`, total, tax, refunded: 0, waiting: 0 },
      }));
      const credited = { total: 0, tax: 0 };
      const giveBack = (back: { itemId: string; amount: number }[]) => {
        for (const { itemId, amount } of back) {
          const item = items[Number(itemId)]!;
          const tax = taxOfPart(item, amount);
          // Each line of a credit note is a price and a tax, neither below nothing.
          expect(amount > 0 && tax >= 0 && tax <= amount && amount <= leftOf(item)).toBe(true);
          item.refunded += amount;
          credited.total += amount;
          credited.tax += tax;
        }
      };
      for (const { item: index, part } of parts) {
        const item = index === null ? undefined : items[index % items.length];
        const left = item ? leftOf(item) : items.reduce((sum, each) => sum + leftOf(each), 0);
        const amount = Math.floor((left * part) / 1000);
        giveBack(item ? [{ itemId: item.id, amount }].filter((one) => one.amount > 0) : spreadRefund(items, amount));
      }
      // What is left goes back item by item, in whatever order.
      for (let open = items.filter((item) => leftOf(item) > 0); open.length > 0; open = open.filter((item) => leftOf(item) > 0)) {
        const item = open[picks.next().value! % open.length]!;
        giveBack([{ itemId: item.id, amount: leftOf(item) }]);
      }
      expect(credited).toEqual({ total: quote.total, tax: quote.tax });
    }),
  );
});

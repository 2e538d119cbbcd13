import fc from 'fast-check';
import { expect, test } from 'vitest';
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

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyRate, formatMoney, minorDigits, splitMoney } from './money.ts';

test('a split keeps its sum and no part has the wrong sign', () => {
  const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(amount, weights, (minor, parts) => {
      const split = splitMoney(minor, parts);
      expect(split).toHaveLength(parts.length);
      expect(split.reduce((sum, part) => sum + part, 0)).toBe(minor);
      for (const part of split) expect(part * Math.sign(minor)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('each part of a split is within one minor unit of its fair share', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 12 }), (minor, weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      splitMoney(minor, weights).forEach((part, index) => {
        expect(Math.abs(part - (minor * weights[index]!) / total)).toBeLessThan(1);
      });
    }),
  );
});

test('a dollar among three is 34, 33, 33 cents', () => {
  expect(splitMoney(100, [1, 1, 1])).toEqual([34, 33, 33]);
});

test('half a minor unit rounds away from zero, for charges and refunds alike', () => {
  expect(applyRate(50, 100)).toBe(1);
  expect(applyRate(-50, 100)).toBe(-1);
  expect(applyRate(49, 100)).toBe(0);
});

test('currencies have their own number of decimals', () => {
  expect(['USD', 'JPY', 'INR', 'KWD'].map(minorDigits)).toEqual([2, 0, 2, 3]);
  expect(formatMoney({ minor: 1999, currency: 'USD' }, 'en-US')).toBe('$19.99');
  expect(formatMoney({ minor: 1999, currency: 'JPY' }, 'en-US')).toBe('¥1,999');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyRate, currencies, formatMoney, isCurrency, minorDigits, parseMoney, rateWithin, splitMoney, typedMoney } from './money.ts';

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

test('the tax within an amount and the tax on what is left of it agree', () => {
  expect(rateWithin(11_900, 1900)).toBe(1900);
  expect(rateWithin(-11_900, 1900)).toBe(-1900);
  expect(rateWithin(100, 0)).toBe(0);
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(10_000), (net, rate) => {
      expect(Math.abs(rateWithin(net + applyRate(net, rate), rate) - applyRate(net, rate))).toBeLessThanOrEqual(1);
    }),
  );
});

test('currencies have their own number of decimals', () => {
  expect(['USD', 'JPY', 'INR', 'KWD'].map(minorDigits)).toEqual([2, 0, 2, 3]);
  expect(formatMoney({ minor: 1999, currency: 'USD' }, 'en-US')).toBe('$19.99');
  expect(formatMoney({ minor: 1999, currency: 'JPY' }, 'en-US')).toBe('¥1,999');
});

test.each([
  ['19.99', 'USD', 'en', 1999],
  ['1,234.50', 'USD', 'en', 123_450],
  ['1,234', 'USD', 'en', 123_400],
  ['12,5', 'EUR', 'en', 1250],
  ['1.234,50', 'EUR', 'de', 123_450],
  ['1.234', 'EUR', 'de', 123_400],
  ['1 234,50', 'EUR', 'fr', 123_450],
  ['1’234.50', 'CHF', 'de-CH', 123_450],
  ['12,34,567.00', 'INR', 'en-IN', 123_456_700],
  ['1500', 'JPY', 'ja', 1500],
  ['1.250', 'KWD', 'en', 1250],
  ['0', 'USD', 'en', 0],
])('what somebody wrote as %s %s in %s is an amount', (text, currency, locale, minor) => {
  expect(parseMoney(text, currency, locale)).toEqual({ minor, currency });
});

test.each([
  ['', 'USD'],
  ['free', 'USD'],
  ['-5', 'USD'],
  ['1.999', 'JPY'],
  ['1.5', 'JPY'],
  ['1.2345', 'USD'],
  ['19.999', 'USD'],
  ['1..5', 'USD'],
  ['99999999999', 'USD'],
  ['1e9', 'USD'],
])('%s is no amount of %s', (text, currency) => {
  expect(parseMoney(text, currency, 'en')).toBeNull();
});

test('an amount in a form is read back as it was, in any currency and language', () => {
  const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CLF', 'HUF');
  const locale = fc.constantFrom('en', 'de', 'fr', 'de-CH', 'en-IN', 'sv', 'ar-EG', 'pt-BR');
  fc.assert(
    fc.property(fc.nat(2_000_000_000), currency, locale, (minor, code, language) => {
      expect(parseMoney(typedMoney({ minor, currency: code }, language), code, language)).toEqual({ minor, currency: code });
    }),
  );
});

test('currencies have their names in one’s own language', () => {
  expect(currencies('de').find(({ code }) => code === 'JPY')).toEqual({ code: 'JPY', name: 'Japanischer Yen' });
  expect([isCurrency('EUR'), isCurrency('eur'), isCurrency('ABC')]).toEqual([true, false, false]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currencies } from '#platform/money.ts';
import { amountAtStripe, moneyFromStripe } from './amounts.ts';

test.each([
  ['USD', 1099, 1099, 'cents are cents'],
  ['JPY', 500, 500, 'yen have no decimals anywhere'],
  ['KWD', 5120, 5120, 'a dinar has a thousand fils'],
  ['ISK', 5, 500, 'Stripe writes two decimals that the króna has lost'],
  ['UGX', 5, 500, 'and those of the Ugandan shilling'],
  ['HUF', 500, 50_000, 'and charges forints with decimals that nobody uses'],
  ['TWD', 80_045, 80_045, 'and New Taiwan dollars with theirs'],
])('%s: %i of ours are %i at Stripe: %s', (currency, minor, amount) => {
  expect(amountAtStripe({ minor, currency })).toBe(amount);
  expect(moneyFromStripe(amount, currency.toLowerCase())).toEqual({ minor, currency });
});

test.each(['KWD', 'BHD', 'JOD', 'OMR', 'TND'])('Stripe takes no third decimal of %s', (currency) => {
  expect(amountAtStripe({ minor: 5124, currency })).toBeNull();
  expect(amountAtStripe({ minor: 5120, currency })).toBe(5120);
});

test('what Stripe counts finer than the school is no amount of the school', () => {
  expect(moneyFromStripe(550, 'isk')).toBeNull();
  expect(moneyFromStripe(600, 'isk')).toEqual({ minor: 6, currency: 'ISK' });
});

test('whatever Stripe takes comes back as it was sent, in every currency', () => {
  const codes = currencies('en').map(({ code }) => code);
  fc.assert(
    fc.property(fc.constantFrom(...codes), fc.integer({ min: 0, max: 2_147_483_647 }), (currency, minor) => {
      const amount = amountAtStripe({ minor, currency });
      if (amount !== null) expect(moneyFromStripe(amount, currency.toLowerCase())).toEqual({ minor, currency });
    }),
  );
});

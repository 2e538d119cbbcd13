import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entriesOfReturn, type Given, type ReturnedPart } from './entries-of-return.ts';
import { entriesOfSale, type SoldItem } from './entries-of-sale.ts';
import type { Entry } from './entry.ts';

const people = ['ada', 'ben', 'cleo', 'dora'];
const shares = {
  shareOwnCouponBasisPoints: 9000,
  shareOrganicBasisPoints: 7000,
  shareAffiliateBasisPoints: 5000,
  affiliateBasisPoints: 2000,
};

/** Any mix of shares that a course may have, of which the whole is never more than a whole. */
const anyCourse = fc.record({
  instructorId: fc.constantFrom(...people),
  // Prices of JPY, USD, INR and KWD: from none to millions of minor units.
  listPrice: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50_000_000 })),
  others: fc.uniqueArray(fc.record({ userId: fc.constantFrom(...people), shareBasisPoints: fc.integer({ min: 1, max: 2500 }) }), {
    selector: ({ userId }) => userId,
    maxLength: 3,
  }),
});

const anyItem = fc
  .record({
    net: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 100_000_000 })),
    taxBasisPoints: fc.constantFrom(0, 500, 700, 1800, 1900, 2700),
    channel: fc.constantFrom('OWN_COUPON' as const, 'ORGANIC' as const, 'AFFILIATE' as const),
    sellerId: fc.constantFrom(...people),
    courses: fc.array(anyCourse, { maxLength: 5 }),
  })
  .map(({ net, taxBasisPoints, ...item }) => {
    const tax = Math.round((net * taxBasisPoints) / 10_000);
    return { ...item, total: net + tax, tax };
  });

const anySale = fc.record({
  items: fc
    .array(anyItem, { minLength: 1, maxLength: 4 })
    .map((items) => items.map((item, place): SoldItem => ({ ...item, orderItemId: `item ${place}` }))),
  shares: fc.tuple(fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), fc.nat(10_000)).map(([own, organic, taught, sent]) => ({
    shareOwnCouponBasisPoints: own,
    shareOrganicBasisPoints: organic,
    shareAffiliateBasisPoints: Math.min(taught, 10_000 - Math.min(sent, 10_000)),
    affiliateBasisPoints: sent,
  })),
  affiliateId: fc.constantFrom(null, 'eve'),
});

const sum = (entries: Entry[]) => entries.reduce((all, { amount }) => all + amount, 0);
const only = (entries: Entry[], account: Entry['account']) => entries.filter((entry) => entry.account === account);

/** What every account still has of a sale after what was given back. */
function leftOf(entries: Entry[]): Given[] {
  const left = new Map<string, Given>();
  for (const { account, orderItemId, channel, userId, amount } of entries) {
    if (account !== 'TAX' && account !== 'INSTRUCTOR' && account !== 'AFFILIATE' && account !== 'PLATFORM') continue;
    const key = `${orderItemId} ${account} ${userId}`;
    const known = left.get(key) ?? { account, orderItemId, channel, userId, left: 0 };
    left.set(key, { ...known, left: known.left - amount });
  }
  return [...left.values()];
}

test('a sale sums to zero: what comes in is the tax, and what instructors, affiliate and school get', () => {
  fc.assert(
    fc.property(anySale, (sale) => {
      const entries = entriesOfSale(sale);
      expect(sum(entries)).toBe(0);
      expect(sum(only(entries, 'CASH'))).toBe(sale.items.reduce((all, { total }) => all + total, 0));
      expect(sum(only(entries, 'TAX'))).toBe(0 - sale.items.reduce((all, { tax }) => all + tax, 0));
      for (const { account, amount } of entries) expect(account === 'CASH' ? amount > 0 : amount < 0).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('refunds in any number of parts, of items or of the whole order, end at exactly the reverse of the sale', () => {
  fc.assert(
    fc.property(
      anySale,
      fc.array(fc.record({ weight: fc.double({ min: 0.01, max: 1, noNaN: true }), item: fc.nat(5) }), { maxLength: 8 }),
      (sale, steps) => {
        const sold = entriesOfSale(sale);
        const books = [...sold];
        const giveBack = (part: ReturnedPart) => {
          const entries = entriesOfReturn({ given: leftOf(books), parts: [part], from: 'CASH' });
          expect([sum(entries), 0 - sum(only(entries, 'CASH')), sum(only(entries, 'FEES'))]).toEqual([0, part.amount, 0]);
          books.push(...entries);
          for (const { left } of leftOf(books)) expect(left).toBeGreaterThanOrEqual(0);
        };
        const leftIn = (itemId: string | null) =>
          leftOf(books).reduce((all, one) => all + (itemId === null || one.orderItemId === itemId ? one.left : 0), 0);
        for (const { weight, item } of steps) {
          const orderItemId = sale.items[item]?.orderItemId ?? null;
          const amount = Math.floor(leftIn(orderItemId) * weight);
          if (amount > 0) giveBack({ orderItemId, amount });
        }
        if (leftIn(null) > 0) giveBack({ orderItemId: null, amount: leftIn(null) });
        expect(leftOf(books).every(({ left }) => left === 0)).toBe(true);
        expect(sum(only(books, 'CASH'))).toBe(0);
      },
    ),
    { numRuns: 300 },
  );
});

const item = (change: Partial<SoldItem> = {}): SoldItem => ({
  orderItemId: 'item',
  total: 11_900,
  tax: 1900,
  channel: 'ORGANIC',
  sellerId: 'ada',
  courses: [{ instructorId: 'ada', listPrice: 10_000, others: [] }],
  ...change,
});
const shown = (entries: Entry[]) => entries.map(({ account, userId, amount }) => [account, userId, amount]);

test.each([
  [
    'OWN_COUPON' as const,
    [
      ['INSTRUCTOR', 'ada', -9000],
      ['PLATFORM', null, -1000],
    ],
  ],
  [
    'ORGANIC' as const,
    [
      ['INSTRUCTOR', 'ada', -7000],
      ['PLATFORM', null, -3000],
    ],
  ],
  [
    'AFFILIATE' as const,
    [
      ['INSTRUCTOR', 'ada', -5000],
      ['AFFILIATE', 'eve', -2000],
      ['PLATFORM', null, -3000],
    ],
  ],
])('what the instructor gets goes by the channel: %s', (channel, expected) => {
  const entries = entriesOfSale({ items: [item({ channel })], shares, affiliateId: 'eve' });
  expect(shown(entries)).toEqual([['CASH', null, 11_900], ['TAX', null, -1900], ...expected]);
});

test('a bundle is divided over its courses by list price, and a course over its people by their shares', () => {
  const courses = [
    { instructorId: 'ada', listPrice: 6000, others: [{ userId: 'ben', shareBasisPoints: 2500 }] },
    { instructorId: 'cleo', listPrice: 4000, others: [] },
  ];
  const entries = entriesOfSale({ items: [item({ total: 10_000, tax: 0, courses })], shares, affiliateId: null });
  expect(shown(only(entries, 'INSTRUCTOR'))).toEqual([
    ['INSTRUCTOR', 'ada', -3150],
    ['INSTRUCTOR', 'ben', -1050],
    ['INSTRUCTOR', 'cleo', -2800],
  ]);
});

test('courses without a price count equally, and something without a course is its seller’s', () => {
  const free = (instructorId: string) => ({ instructorId, listPrice: 0, others: [] });
  const equally = entriesOfSale({ items: [item({ total: 101, tax: 0, courses: [free('ada'), free('ben')] })], shares, affiliateId: null });
  expect(shown(only(equally, 'INSTRUCTOR'))).toEqual([
    ['INSTRUCTOR', 'ada', -36],
    ['INSTRUCTOR', 'ben', -35],
  ]);
  const empty = entriesOfSale({ items: [item({ courses: [], sellerId: 'dora' })], shares, affiliateId: null });
  expect(shown(only(empty, 'INSTRUCTOR'))).toEqual([['INSTRUCTOR', 'dora', -7000]]);
});

test('a credit note’s tax is taken as it says, and money beyond the sale is the school’s loss', () => {
  const sold = leftOf(entriesOfSale({ items: [item()], shares, affiliateId: null }));
  const noted = entriesOfReturn({ given: sold, parts: [{ orderItemId: 'item', amount: 1000, tax: 160 }], from: 'CASH' });
  expect(shown(noted)).toEqual([
    ['CASH', null, -1000],
    ['TAX', null, 160],
    ['INSTRUCTOR', 'ada', 588],
    ['PLATFORM', null, 252],
  ]);
  const beyond = entriesOfReturn({ given: sold, parts: [{ orderItemId: null, amount: 12_000 }], from: 'REFUNDS' });
  expect([sum(beyond), sum(only(beyond, 'FEES')), sum(only(beyond, 'REFUNDS'))]).toEqual([0, 100, -12_000]);
});

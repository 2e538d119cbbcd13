import { expect, test } from 'vitest';
import { type Coupon, type CouponBasket, judgeCoupon } from './judge-coupon.ts';
import { couponRefusalInWords } from './refusal-in-words.ts';

const [may, june, july] = [new Date('2026-05-01'), new Date('2026-06-01'), new Date('2026-07-01')];
const spring: Coupon = {
  id: 'spring',
  code: 'SPRING',
  type: 'PERCENTAGE',
  value: 10,
  currency: null,
  maxDiscount: null,
  minOrder: null,
  maxUses: null,
  maxUsesPerUser: null,
  usedCount: 0,
  startsAt: may,
  endsAt: null,
  active: true,
  scope: 'ALL',
  instructorId: null,
  productIds: [],
};
const adas = { productId: 'engines', ownerId: 'ada', amount: 3000 };
const adasOther = { productId: 'poetry', ownerId: 'ada', amount: 500 };
const bobs = { productId: 'bees', ownerId: 'bob', amount: 2000 };
const free = { productId: 'free', ownerId: 'ada', amount: 0 };
const basket: CouponBasket = { currency: 'USD', lines: [adas, adasOther, bobs], usesByPerson: 0 };

const said = (coupon: Partial<Coupon>, has: Partial<CouponBasket> = {}, now = june) => {
  const judgment = judgeCoupon({ ...spring, ...coupon }, { ...basket, ...has }, now);
  return judgment.applies ? judgment.coveredProductIds.join(' ') : judgment.reason;
};
const all = 'engines poetry bees';
const instructors = { scope: 'INSTRUCTOR', instructorId: 'ada' } as const;

test.each<[string, string, string]>([
  ['one without conditions covers everything', said({}), all],
  ['one that is switched off', said({ active: false }), 'switched-off'],
  ['a moment before it begins', said({}, {}, new Date(may.getTime() - 1)), 'not-begun'],
  ['the moment it begins', said({}, {}, may), all],
  ['a moment before it ends', said({ endsAt: july }, {}, new Date(july.getTime() - 1)), all],
  ['the moment it ends', said({ endsAt: july }, {}, july), 'over'],
  ['its last use', said({ maxUses: 50, usedCount: 49 }), all],
  ['no use left', said({ maxUses: 50, usedCount: 50 }), 'used-up'],
  ['a person’s last use', said({ maxUsesPerUser: 2 }, { usesByPerson: 1 }), all],
  ['no use left for the person', said({ maxUsesPerUser: 2 }, { usesByPerson: 2 }), 'used-by-you'],
  ['no limit for a person', said({}, { usesByPerson: 99 }), all],
  ['its own currency', said({ currency: 'USD' }), all],
  ['another currency', said({ currency: 'EUR' }), 'other-currency'],
  ['exactly its minimum', said({ currency: 'USD', minOrder: 5500 }), all],
  ['a cent too little', said({ currency: 'USD', minOrder: 5501 }), 'too-little'],
  ['the minimum counts what is covered', said({ ...instructors, currency: 'USD', minOrder: 3501 }), 'too-little'],
  ['some products', said({ scope: 'PRODUCTS', productIds: ['bees', 'elsewhere'] }), 'bees'],
  ['none of its products', said({ scope: 'PRODUCTS', productIds: ['elsewhere'] }), 'covers-nothing'],
  ['an instructor’s own', said(instructors), 'engines poetry'],
  ['some of an instructor’s own', said({ ...instructors, productIds: ['poetry'] }), 'poetry'],
  ['another’s product that an instructor lists', said({ ...instructors, productIds: ['bees'] }), 'covers-nothing'],
  ['an instructor who sells nothing here', said(instructors, { lines: [bobs] }), 'covers-nothing'],
  ['what costs nothing uses nothing up', said({}, { lines: [free] }), 'covers-nothing'],
  ['an empty cart', said({}, { lines: [] }), 'covers-nothing'],
])('%s', (_, judgment, wanted) => expect(judgment).toBe(wanted));

test('the reason is told in words, by the person’s locale and time zone', () => {
  const wording = (reason: Parameters<typeof couponRefusalInWords>[0], coupon: Partial<Coupon> | null = {}) =>
    couponRefusalInWords(reason, coupon && { ...spring, ...coupon }, { locale: 'de', timeZone: 'Europe/Berlin' });
  expect(wording('too-little', { currency: 'EUR', minOrder: 2000 })).toContain('20,00\u00a0€');
  expect(wording('not-begun')).toContain('2:00 AM');
  expect(wording('other-currency', { currency: 'EUR' })).toContain('EUR');
  expect(wording('used-by-you', { maxUsesPerUser: 1 })).not.toBe(wording('used-by-you', { maxUsesPerUser: 2 }));
  const every = [
    'unknown',
    'switched-off',
    'not-begun',
    'over',
    'used-up',
    'used-by-you',
    'other-currency',
    'covers-nothing',
    'too-little',
  ] as const;
  for (const reason of every) expect(wording(reason, null)).toMatch(/\.$/);
});

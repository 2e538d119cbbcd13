import { z } from 'zod';
import { isCurrency } from '#platform/money.ts';

const largest = 2_147_483_647;
const amount = z.int('Write an amount, such as 20.').min(1, 'More than nothing.').max(largest).nullable();
const uses = z.int('Write a whole number.').min(1, 'At least one.').max(largest).nullable();

/** What a coupon may be, whoever makes it. Amounts are minor units of its currency. */
export const couponFields = z
  .object({
    description: z.string().trim().max(200, 'At most 200 letters.'),
    type: z.enum(['PERCENTAGE', 'FIXED_AMOUNT'], 'Choose one of the two.'),
    value: z.int('Write a number, such as 20.').min(1, 'More than nothing.').max(largest),
    currency: z.string().refine(isCurrency, 'Choose a currency.').nullable(),
    maxDiscount: amount,
    minOrder: amount,
    maxUses: uses,
    maxUsesPerUser: uses,
    startsAt: z.date().nullable(),
    endsAt: z.date().nullable(),
    scope: z.enum(['ALL', 'PRODUCTS', 'INSTRUCTOR'], 'Choose what it covers.'),
    /** User name of the instructor, for the scope INSTRUCTOR. */
    instructor: z.string().trim().max(100),
    /** Addresses of products or courses, one a line. */
    products: z.string().max(20_000),
  })
  .refine(({ type, value }) => type !== 'PERCENTAGE' || value <= 100, { path: ['value'], message: 'At most 100 %.' })
  .refine(({ type, currency }) => type !== 'FIXED_AMOUNT' || currency !== null, {
    path: ['currency'],
    message: 'An amount needs a currency.',
  })
  .refine(({ maxDiscount, minOrder, currency }) => currency !== null || (maxDiscount === null && minOrder === null), {
    path: ['currency'],
    message: 'An amount needs a currency.',
  })
  .refine(({ startsAt, endsAt }) => !startsAt || !endsAt || startsAt < endsAt, {
    path: ['endsAt'],
    message: 'The end comes after the beginning.',
  });

/** A coupon as it is set. */
export type WantedCoupon = z.input<typeof couponFields>;
export type CheckedCoupon = z.output<typeof couponFields>;

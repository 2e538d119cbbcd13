import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { isCurrency, largestMinor } from '#platform/money.ts';
import { followDiscount } from './follow-prices.ts';

/** A price as it is typed, checked: amounts in the currency's minor unit. */
export const priceFields = z
  .object({
    currency: z.string().refine(isCurrency, 'Choose a currency.'),
    amount: z
      .int('Write an amount, such as 49.')
      .min(1, 'A price is more than nothing. A free course is marked as free.')
      .max(largestMinor),
    discountAmount: z.int('Write an amount, such as 39.').min(0).max(largestMinor).nullable(),
    discountStartsAt: z.date().nullable(),
    discountEndsAt: z.date().nullable(),
    accessDays: z.int('Whole days.').min(1, 'At least a day.').max(36_500, 'A hundred years at the most.').nullable(),
  })
  .refine(({ amount, discountAmount }) => discountAmount === null || discountAmount < amount, {
    path: ['discountAmount'],
    message: 'A discount price is lower than the price.',
  })
  .refine(({ discountAmount, discountStartsAt, discountEndsAt }) => discountAmount !== null || (!discountStartsAt && !discountEndsAt), {
    path: ['discountAmount'],
    message: 'Say what it costs in that time.',
  })
  .refine(({ discountStartsAt, discountEndsAt }) => !discountStartsAt || !discountEndsAt || discountStartsAt < discountEndsAt, {
    path: ['discountEndsAt'],
    message: 'The end comes after the beginning.',
  });

/** What a membership's price says besides. */
export interface Term {
  interval: 'MONTH' | 'YEAR' | null;
  trialDays: number | null;
}

type Values = [
  id: string,
  productId: string,
  currency: string,
  amount: number,
  discountAmount: number | null,
  discountStartsAt: string | null,
  discountEndsAt: string | null,
  accessDays: number | null,
  interval: Term['interval'],
  trialDays: number | null,
  moment: string,
];

const write = statement<unknown, Values>(
  `insert into prices (id, product_id, currency, amount, discount_amount, discount_starts_at, discount_ends_at, access_days, interval, trial_days, created_at, updated_at)
   values ($1::uuid, $2::uuid, $3, $4, $5, $6::timestamptz, $7::timestamptz, $8, $9::billing_interval, $10, $11::timestamptz, $11::timestamptz)
   on conflict (product_id, currency, interval) do update
     set amount = excluded.amount, discount_amount = excluded.discount_amount, discount_starts_at = excluded.discount_starts_at,
         discount_ends_at = excluded.discount_ends_at, access_days = excluded.access_days, trial_days = excluded.trial_days, updated_at = excluded.updated_at`,
);

/** Keeps what a product costs in one currency, and for one interval where it is a membership. */
export async function putPrice(ctx: Context, productId: string, price: z.output<typeof priceFields>, term: Term): Promise<void> {
  const { currency, amount, discountAmount, discountStartsAt, discountEndsAt, accessDays } = price;
  const day = (moment: Date | null) => moment?.toISOString() ?? null;
  const window = [discountAmount, day(discountStartsAt), day(discountEndsAt)] as const;
  const now = ctx.now.toISOString();
  await ctx.db.sql(write, newId(), productId, currency, amount, ...window, accessDays, term.interval, term.trialDays, now);
  await followDiscount(ctx, [discountStartsAt, discountEndsAt]);
}

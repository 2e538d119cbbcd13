import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { isCurrency } from '#platform/money.ts';
import { holdPricedCourse } from './priced-course.ts';

const largestAmount = 2_147_483_647;

const fields = z
  .object({
    currency: z.string().refine(isCurrency, 'Choose a currency.'),
    amount: z
      .int('Write an amount, such as 49.')
      .min(1, 'A price is more than nothing. A free course is marked as free.')
      .max(largestAmount),
    discountAmount: z.int('Write an amount, such as 39.').min(0).max(largestAmount).nullable(),
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

/** A price as it is set: amounts in the currency's minor unit. */
export type WantedPrice = z.input<typeof fields>;

type Values = [
  id: string,
  courseId: string,
  currency: string,
  amount: number,
  discountAmount: number | null,
  discountStartsAt: string | null,
  discountEndsAt: string | null,
  accessDays: number | null,
  moment: string,
];

const write = statement<unknown, Values>(
  `insert into prices (id, product_id, currency, amount, discount_amount, discount_starts_at, discount_ends_at, access_days, created_at, updated_at)
   values ($1::uuid, product_of_course($2::uuid), $3, $4, $5, $6::timestamptz, $7::timestamptz, $8, $9::timestamptz, $9::timestamptz)
   on conflict (product_id, currency, interval) do update
     set amount = excluded.amount, discount_amount = excluded.discount_amount, discount_starts_at = excluded.discount_starts_at,
         discount_ends_at = excluded.discount_ends_at, access_days = excluded.access_days, updated_at = excluded.updated_at`,
);

/** Says what a course costs in one currency, or says it anew. Whether it is free is the course's own word. */
export async function setCoursePrice(ctx: Context, { slug, ...input }: { slug: string } & WantedPrice): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdPricedCourse(ctx, slug);
    const price = parseInput(fields, input);
    const day = (moment: Date | null) => moment?.toISOString() ?? null;
    const { currency, amount, discountAmount, discountStartsAt, discountEndsAt, accessDays } = price;
    await ctx.db.sql(
      write,
      newId(),
      course.id,
      currency,
      amount,
      discountAmount,
      day(discountStartsAt),
      day(discountEndsAt),
      accessDays,
      ctx.now.toISOString(),
    );
  });
}

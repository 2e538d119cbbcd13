import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

const next = statement<{ number: number }, [series: string, moment: string]>(
  `insert into number_series (series, last_number, created_at, updated_at) values ($1, 1, $2::timestamptz, $2::timestamptz)
   on conflict (series) do update set last_number = number_series.last_number + 1, updated_at = excluded.updated_at
   returning last_number as number`,
);

/**
 * The next number of a series without gaps, in the caller's transaction: whoever comes after waits until that ends, and gets the same number where it is undone.
 * Take it as late as the work allows.
 */
export async function takeNumber(ctx: Context, series: string): Promise<number> {
  const [taken] = await ctx.db.sql(next, series, ctx.now.toISOString());
  if (!taken) throw new Error(`The series ${series} gave no number.`);
  return taken.number;
}

/** A number as people read it: the year and six digits or more. */
export function numberInYear(year: number, number: number): string {
  return `${year}-${String(number).padStart(6, '0')}`;
}

import { statement } from '#platform/database/statement.ts';
import type { Month } from '../books/month.ts';

/** What a month brought somebody in one currency. */
export interface MonthLine {
  month: Month;
  currency: string;
  earned: number;
  /** By refunds and by payments that were called back. */
  takenBack: number;
  paidOut: number;
  /** What the month changed in all. */
  balance: number;
}

const months = `
  select to_char(created_at at time zone 'UTC', 'YYYY-MM') as month, currency,
         coalesce(-sum(amount) filter (where posting like 'sale:%'), 0) as earned,
         coalesce(sum(amount) filter (where posting like 'refund:%' or posting like 'dispute:%'), 0) as "takenBack",
         coalesce(sum(amount) filter (where posting like 'payout:%'), 0) as "paidOut", -sum(amount) as balance
    from ledger_entries where user_id = $1::uuid group by 1, 2 order by 1 desc, 2`;

export const monthsOf = statement<MonthLine, [personId: string]>(months);

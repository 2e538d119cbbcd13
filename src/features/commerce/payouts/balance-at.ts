import { statement } from '#platform/database/statement.ts';

/** What is a person's in one currency at the end of a month: all they earned until then, less all that was ever paid out. Below zero, it is carried over. */
export interface MonthBalance {
  personId: string;
  currency: string;
  amount: number;
}

// Payouts of later months count too: what is out is out. Walks the index from person to person, and reads no more of it than a page shows.
const balances = (people: string) => `
  select user_id as "personId", currency, -sum(amount) as amount
    from ledger_entries
   where ${people} and user_id is not null and (payout_id is not null or created_at < $1::timestamptz)
   group by user_id, currency`;

/** Who is owed something at the end of a month, in the order of their ids. */
export const owedAfter = statement<
  MonthBalance & { name: string; username: string | null },
  [end: string, after: string, currencyAfter: string, limit: number]
>(
  `select owed.*, u.name, u.username from (${balances('(user_id, currency) > ($2::uuid, $3::char(3))')} having -sum(amount) > 0
    order by user_id, currency limit $4) owed join people u on u.id = owed."personId" order by owed."personId", owed.currency`,
);

/** What one person is owed in one currency at the end of a month. */
export const owedTo = statement<MonthBalance, [end: string, personId: string, currency: string]>(
  `${balances('user_id = $2::uuid and currency = $3')}`,
);

/** Held until the transaction ends: of two who pay the same person, the second sees what the first has taken. */
export const holdPerson = statement<unknown, [personId: string]>(
  `select pg_advisory_xact_lock(hashtextextended('payout of ' || $1::text, 0))`,
);

import { audit } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId, newId } from '#platform/ids.ts';
import { formatMoney } from '#platform/money.ts';
import { asBookkeeper } from '../books/bookkeeper.ts';
import { linesOf } from '../books/entry.ts';
import { lastDayOf, monthAfter, monthOf, readMonth, startOf } from '../books/month.ts';
import { writeEntries } from '../books/write-entries.ts';
import { holdPerson, owedTo } from './balance-at.ts';

const insertPayout = statement<
  { id: string },
  [id: string, personId: string, amount: number, currency: string, firstDay: string, lastDay: string, moment: string]
>(
  `insert into payouts (id, instructor_id, amount, currency, period_start, period_end, created_at, updated_at)
   values ($1, $2, $3, $4, $5::date, $6::date, $7::timestamptz, $7::timestamptz)
   on conflict (instructor_id, currency, period_start) where status in ('PENDING', 'PAID') do nothing
   returning id`,
);

const earnedBy = statement<{ account: 'INSTRUCTOR' | 'AFFILIATE'; amount: number }, [end: string, personId: string, currency: string]>(
  `select account, -sum(amount) as amount from ledger_entries
    where user_id = $2::uuid and currency = $3 and (payout_id is not null or created_at < $1::timestamptz) group by account`,
);

/** What is to be paid out, as the page showed it: where it is something else by now, nothing happens. */
interface Wanted {
  personId: string;
  currency: string;
  month: string;
  amount: number;
}

/** Takes what a person is owed of a closed month out of their account, to be sent to them. Asked twice, it is one payout: `already`. */
export async function makePayout(ctx: Context, input: Wanted): Promise<'made' | 'already'> {
  const bookkeeper = asBookkeeper(ctx);
  const month = readMonth(input.month);
  if (!month || month >= monthOf(ctx.now)) throw new AppError('invalid', 'A month is paid out when it is over.');
  if (!isId(input.personId)) throw new AppError('not-found', 'There is nobody of this name.');
  const { personId, currency } = input;
  return inTransaction(bookkeeper, async (school) => {
    await school.db.sql(holdPerson, personId);
    const end = startOf(monthAfter(month)).toISOString();
    const [owed] = await school.db.sql(owedTo, end, personId, currency);
    const id = newId();
    const moment = ctx.now.toISOString();
    const amount = owed?.amount ?? 0;
    if (amount !== input.amount) {
      if (amount <= 0) return 'already';
      throw new AppError('conflict', 'What this person is owed has changed in the meantime. Look again before you pay.');
    }
    const [made] =
      amount > 0 ? await school.db.sql(insertPayout, id, personId, amount, currency, `${month}-01`, lastDayOf(month), moment) : [];
    if (!made) return 'already';
    const accounts = await school.db.sql(earnedBy, end, personId, currency);
    const taken = accounts.map(({ account, amount }): [typeof account, string, number] => [account, personId, amount]);
    const entries = linesOf(null, null, [...taken, ['PAYOUTS', null, -amount]]);
    await writeEntries(school, { posting: `payout:${id}:made`, subject: { payoutId: id }, currency, entries });
    const after = { amount: formatMoney({ minor: amount, currency }, 'en'), month };
    await audit(
      { ...school, actor: requirePerson(ctx) },
      { action: 'commerce.payoutMade', subjectType: 'user', subjectId: personId, after },
    );
    return 'made';
  });
}

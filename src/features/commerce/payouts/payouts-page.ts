import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { asBookkeeper } from '../books/bookkeeper.ts';
import { type Month, monthAfter, monthOf, readMonth, startOf } from '../books/month.ts';
import { type MonthBalance, owedAfter } from './balance-at.ts';
import type { PayoutStatus } from './follow-payout.ts';

/** Who is owed what at the end of a month, and the payouts that were made, newest first. */
export interface PayoutsPage {
  month: Month;
  /** The months that are over, newest first. */
  months: Month[];
  owed: (MonthBalance & { name: string; username: string | null })[];
  /** Where the next part of those who are owed something begins. */
  nextOwed: string | null;
  payouts: PayoutLine[];
  older: string | null;
}

/** A payout that was made, and whose it is. */
export interface PayoutLine {
  id: string;
  personId: string;
  name: string;
  username: string | null;
  email: string | null;
  amount: number;
  currency: string;
  month: Month;
  status: PayoutStatus;
  reference: string | null;
  madeAt: Date;
  paidAt: Date | null;
}

const atOnce = 25;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const firstId = '00000000-0000-0000-0000-000000000000';

const payoutsBefore = statement<PayoutLine, [before: string, limit: number]>(
  `select p.id, p.instructor_id as "personId", u.name, u.username, case when u.deleted_at is null then u.email end as email, p.amount, p.currency,
          to_char(p.period_start, 'YYYY-MM') as month, p.status, p.reference, p.created_at as "madeAt", p.paid_at as "paidAt"
     from payouts p join people_in_full u on u.id = p.instructor_id
    where p.id < $1::uuid order by p.id desc limit $2`,
);

/** The payouts of the school, for whoever pays people out. Two queries. */
export async function payoutsPage(
  ctx: Context,
  input: { month?: string | null; from?: string | null; before?: string | null },
): Promise<PayoutsPage> {
  const bookkeeper = asBookkeeper(ctx);
  const last = monthAfter(monthOf(ctx.now), -1);
  const asked = readMonth(input.month);
  const month = asked && asked <= last ? asked : last;
  const [personId = '', currency = ''] = (input.from ?? '').split(' ');
  const before = input.before && isId(input.before) ? input.before : lastId;
  const [owed, payouts] = await asActor(bookkeeper, (sql) =>
    Promise.all([
      sql(
        owedAfter,
        startOf(monthAfter(month)).toISOString(),
        isId(personId) ? personId : firstId,
        isId(personId) ? currency.slice(0, 3) : '',
        atOnce + 1,
      ),
      sql(payoutsBefore, before, atOnce + 1),
    ]),
  );
  const shown = owed.slice(0, atOnce);
  const lastOwed = shown.at(-1);
  return {
    month,
    months: Array.from({ length: 12 }, (_, place) => monthAfter(last, -place)),
    owed: shown,
    nextOwed: owed.length > atOnce && lastOwed ? `${lastOwed.personId} ${lastOwed.currency}` : null,
    payouts: payouts.slice(0, atOnce),
    older: payouts.length > atOnce ? (payouts[atOnce - 1]?.id ?? null) : null,
  };
}

/** Every payout, newest first, in pieces; for the school. */
export async function* payoutPieces(school: Context): AsyncGenerator<PayoutLine[]> {
  for (let before: string | null = lastId; before !== null; ) {
    const from: string = before;
    const payouts: PayoutLine[] = await asActor(school, (sql) => sql(payoutsBefore, from, 500));
    yield payouts;
    before = payouts.length < 500 ? null : (payouts.at(-1)?.id ?? null);
  }
}

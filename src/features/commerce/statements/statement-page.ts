import { type Context, requirePerson, system } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import type { RevenueChannel } from '../books/channel.ts';
import { type Month, readMonth } from '../books/month.ts';
import { mayReadStatement } from '../books/policy.ts';
import { type MonthLine, monthsOf } from './months-of.ts';

/** What a person has earned, taught or sent, and what became of it. Says which orders and products it came from, never who bought. */
export interface StatementPage {
  balances: { currency: string; amount: number }[];
  /** Newest first. */
  months: MonthLine[];
  /** The month that the entries are of; null is all. */
  month: Month | null;
  entries: StatementLine[];
  older: string | null;
  payouts: OwnPayout[];
}

/** Something that happened to a person’s share, and what it came to. */
export interface StatementLine {
  id: string;
  at: Date;
  kind: 'sale' | 'refund' | 'dispute' | 'payout';
  /** Whether it was earned by sending the buyer. */
  isSent: boolean;
  orderNumber: string | null;
  product: string | null;
  channel: RevenueChannel | null;
  /** What the buyer paid for the product, without tax. */
  soldFor: number | null;
  /** Above zero what was earned, below zero what was taken back or paid out. */
  amount: number;
  currency: string;
}

interface OwnPayout {
  id: string;
  month: Month;
  amount: number;
  currency: string;
  status: 'PENDING' | 'PAID' | 'FAILED' | 'CANCELLED';
  reference: string | null;
  paidAt: Date | null;
}

const atOnce = 50;

type EntryValues = [personId: string, month: Month | null, beforeAt: string | null, beforeId: string | null, limit: number];

const entriesBefore = statement<StatementLine, EntryValues>(
  `select l.id, l.created_at as at, split_part(l.posting, ':', 1) as kind, l.account = 'AFFILIATE' as "isSent", o.order_number as "orderNumber", i.title as product,
          l.channel, i.total - i.tax as "soldFor", -l.amount as amount, l.currency
     from ledger_entries l left join orders o on o.id = l.order_id left join order_items i on i.id = l.order_item_id
    where l.user_id = $1::uuid
      and ($2::text is null or (l.created_at >= ($2 || '-01')::timestamp at time zone 'UTC'
                            and l.created_at < (($2 || '-01')::date + interval '1 month')::timestamp at time zone 'UTC'))
      and ($3::timestamptz is null or (l.created_at, l.id) < ($3::timestamptz, $4::uuid))
    order by l.created_at desc, l.id desc limit $5`,
);

const ownPayouts = statement<OwnPayout, [personId: string]>(
  `select id, to_char(period_start, 'YYYY-MM') as month, amount, currency, status, reference, paid_at as "paidAt"
     from payouts where instructor_id = $1::uuid order by id desc limit 24`,
);

/** The statement of the acting person. Three queries. */
export async function statementPage(ctx: Context, input: { month?: string | null; before?: string | null }): Promise<StatementPage> {
  const personId = requireReader(ctx);
  const month = readMonth(input.month);
  const [at, id] = placeOf(input.before);
  // As the school, with the person in each condition: the orders are the buyers', and nothing of theirs but the number is read.
  const [months, entries, payouts] = await asActor({ ...ctx, actor: system }, (sql) =>
    Promise.all([sql(monthsOf, personId), sql(entriesBefore, personId, month, at, id, atOnce + 1), sql(ownPayouts, personId)]),
  );
  const balances = new Map<string, number>();
  for (const { currency, balance } of months) balances.set(currency, (balances.get(currency) ?? 0) + balance);
  const shown = entries.slice(0, atOnce);
  const last = shown.at(-1);
  return {
    balances: [...balances].map(([currency, amount]) => ({ currency, amount })),
    months,
    month,
    entries: shown,
    older: entries.length > atOnce && last ? `${last.at.toISOString()} ${last.id}` : null,
    payouts,
  };
}

/** Every entry of the acting person, newest first, in pieces. */
export async function* statementPieces(ctx: Context, month: Month | null): AsyncGenerator<StatementLine[]> {
  const personId = requireReader(ctx);
  let place: [string | null, string | null] = [null, null];
  for (let more = true; more; ) {
    const [at, id] = place;
    const entries: StatementLine[] = await asActor({ ...ctx, actor: system }, (sql) => sql(entriesBefore, personId, month, at, id, 500));
    yield entries;
    const last = entries.at(-1);
    more = entries.length === 500;
    place = last ? [last.at.toISOString(), last.id] : place;
  }
}

/** The acting person's id, where they may read a statement. */
export function requireReader(ctx: Context): string {
  const person = requirePerson(ctx);
  if (!mayReadStatement(ctx.actor)) throw new AppError('forbidden', 'Earnings are for whoever earned them.');
  return person.id;
}

function placeOf(before: string | null | undefined): [at: string | null, id: string | null] {
  const [at = '', id = ''] = before?.split(' ') ?? [];
  return isId(id) && !Number.isNaN(Date.parse(at)) ? [new Date(at).toISOString(), id] : [null, null];
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import type { Entry } from './entry.ts';

type Values = [
  posting: string,
  orderId: string | null,
  payoutId: string | null,
  currency: string,
  moment: string,
  ids: string[],
  accounts: string[],
  people: (string | null)[],
  items: (string | null)[],
  channels: (string | null)[],
  amounts: number[],
];

const insertLines = statement<{ id: string }, Values>(
  `insert into ledger_entries (id, posting, line, order_id, payout_id, currency, created_at, account, user_id, order_item_id, channel, amount)
   select line.id, $1, line.place, $2::uuid, $3::uuid, $4, $5::timestamptz, line.account::ledger_account, line.person, line.item,
          line.channel::revenue_channel, line.amount
     from unnest($6::uuid[], $7::text[], $8::uuid[], $9::uuid[], $10::text[], $11::int[])
          with ordinality as line (id, account, person, item, channel, amount, place)
   on conflict (posting, line) do nothing
   returning id`,
);

interface Posting {
  /** What happened, by which it is posted once: `sale:…`, `refund:…`, `dispute:…`, `payout:…`. */
  posting: string;
  subject: { orderId: string } | { payoutId: string };
  currency: string;
  entries: Entry[];
}

/** Writes what happened into the books, once; false where it is there already. That the lines sum to zero is asked by the database as the transaction commits. */
export async function writeEntries(ctx: Context, { posting, subject, currency, entries }: Posting): Promise<boolean> {
  if (entries.length === 0) return true;
  const written = await ctx.db.sql(
    insertLines,
    posting,
    'orderId' in subject ? subject.orderId : null,
    'payoutId' in subject ? subject.payoutId : null,
    currency,
    ctx.now.toISOString(),
    entries.map(() => newId()),
    entries.map(({ account }) => account),
    entries.map(({ userId }) => userId),
    entries.map(({ orderItemId }) => orderItemId),
    entries.map(({ channel }) => channel),
    entries.map(({ amount }) => amount),
  );
  return written.length > 0;
}

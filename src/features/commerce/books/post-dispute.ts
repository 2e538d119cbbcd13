import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { entriesOfReturn } from './entries-of-return.ts';
import { type LedgerAccount, linesOf } from './entry.ts';
import { givenOfOrder } from './given-of-order.ts';
import { writeEntries } from './write-entries.ts';

interface Disputed {
  orderId: string;
  amount: number;
  currency: string;
  status: 'OPEN' | 'WON' | 'LOST';
  isPosted: boolean;
}

const disputeOf = statement<Disputed, [disputeId: string]>(
  `select p.order_id as "orderId", d.amount, d.currency, d.status,
          exists (select from ledger_entries l where l.posting = 'dispute:' || d.id || ':open') as "isPosted"
     from disputes d join payments p on p.id = d.payment_id where d.id = $1::uuid`,
);

/**
 * Posts what a dispute does to the money, as the dispute stands: the bank takes it while it is open, gives it back when it is won, and keeps it when it is lost,
 * which is then a refund. Each once, however often and in whatever order it is told.
 */
export async function postDispute(ctx: Context, { disputeId }: { disputeId: string }): Promise<void> {
  const [dispute] = await ctx.db.sql(disputeOf, disputeId);
  if (!dispute) throw new Error(`There is no dispute ${disputeId} to post.`);
  const { orderId, amount, currency, status, isPosted } = dispute;
  const given = await givenOfOrder(ctx, orderId);
  const write = (step: string, entries: Parameters<typeof writeEntries>[1]['entries']) =>
    writeEntries(ctx, { posting: `dispute:${disputeId}:${step}`, subject: { orderId }, currency, entries });
  const calledBack = (sign: 1 | -1): [LedgerAccount, null, number][] => [
    ['CASH', null, -sign * amount],
    ['REFUNDS', null, sign * amount],
  ];
  // Told of a victory alone, nothing is there to turn around.
  if (status === 'WON') {
    if (isPosted) await write('won', linesOf(null, null, calledBack(-1)));
    return;
  }
  await write('open', linesOf(null, null, calledBack(1)));
  if (status === 'LOST') await write('lost', entriesOfReturn({ given, parts: [{ orderItemId: null, amount }], from: 'REFUNDS' }));
}

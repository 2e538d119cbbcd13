import { z } from 'zod';
import { audit } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { formatMoney } from '#platform/money.ts';
import { asBookkeeper } from '../books/bookkeeper.ts';
import { type Entry, linesOf } from '../books/entry.ts';
import { writeEntries } from '../books/write-entries.ts';

export type PayoutStatus = 'PENDING' | 'PAID' | 'FAILED' | 'CANCELLED';

interface Payout {
  personId: string;
  amount: number;
  currency: string;
  status: PayoutStatus;
}

const hold = statement<Payout, [id: string]>(
  'select instructor_id as "personId", amount, currency, status from payouts where id = $1::uuid for no key update',
);

const change = statement<unknown, [id: string, status: PayoutStatus, reference: string | null, paidAt: string | null, moment: string]>(
  `update payouts set status = $2::payout_status, reference = coalesce($3, reference), paid_at = $4::timestamptz, updated_at = $5::timestamptz where id = $1::uuid`,
);

const madeLines = statement<{ account: 'INSTRUCTOR' | 'AFFILIATE'; userId: string; amount: number }, [posting: string]>(
  `select account, user_id as "userId", amount from ledger_entries where posting = $1 and user_id is not null order by line`,
);

const reference = z.object({
  reference: z.string().trim().min(1, 'Write what the bank or the service calls it.').max(200, 'At most 200 characters.'),
});

/** Says that a payout was sent, and under which reference. Said twice, it is said once. */
export async function markPayoutPaid(ctx: Context, input: { id: string; reference: string }): Promise<'paid' | 'already'> {
  const bookkeeper = asBookkeeper(ctx);
  const fields = parseInput(reference, { reference: input.reference });
  return inTransaction(bookkeeper, async (school) => {
    const payout = await held(school, input.id);
    if (payout.status === 'PAID') return 'already';
    if (payout.status !== 'PENDING') throw new AppError('conflict', 'This payout was put back. What it held is in the next proposal.');
    const moment = ctx.now.toISOString();
    await school.db.sql(change, input.id, 'PAID', fields.reference, moment, moment);
    await write(
      school,
      input.id,
      'paid',
      payout,
      linesOf(null, null, [
        ['PAYOUTS', null, payout.amount],
        ['CASH', null, -payout.amount],
      ]),
    );
    await note(school, ctx, 'commerce.payoutPaid', payout, fields);
    return 'paid';
  });
}

/**
 * Puts what a payout held back to the person’s account: it was called off before it was sent, or did not arrive, even after it was said to be paid. The next
 * proposal has it again.
 */
export async function returnPayout(ctx: Context, input: { id: string; status: 'FAILED' | 'CANCELLED' }): Promise<'returned' | 'already'> {
  const bookkeeper = asBookkeeper(ctx);
  return inTransaction(bookkeeper, async (school) => {
    const payout = await held(school, input.id);
    if (payout.status === 'FAILED' || payout.status === 'CANCELLED') return 'already';
    if (payout.status === 'PAID' && input.status === 'CANCELLED')
      throw new AppError('conflict', 'This payout was sent. Say that it failed when it did not arrive.');
    await school.db.sql(change, input.id, input.status, null, null, ctx.now.toISOString());
    const made = await school.db.sql(madeLines, `payout:${input.id}:made`);
    const back = made.map(({ account, userId, amount }): [typeof account, string, number] => [account, userId, -amount]);
    const from = payout.status === 'PAID' ? 'CASH' : 'PAYOUTS';
    await write(school, input.id, 'returned', payout, linesOf(null, null, [...back, [from, null, payout.amount]]));
    await note(school, ctx, 'commerce.payoutReturned', payout, { status: input.status.toLowerCase() });
    return 'returned';
  });
}

async function held(school: Context, id: string): Promise<Payout> {
  const [payout] = isId(id) ? await school.db.sql(hold, id) : [];
  if (!payout) throw new AppError('not-found', 'There is no such payout.');
  return payout;
}

async function write(school: Context, id: string, step: string, { currency }: Payout, entries: Entry[]): Promise<void> {
  await writeEntries(school, { posting: `payout:${id}:${step}`, subject: { payoutId: id }, currency, entries });
}

async function note(school: Context, ctx: Context, action: string, payout: Payout, more: Record<string, string>): Promise<void> {
  const { amount, currency, personId } = payout;
  const after = { amount: formatMoney({ minor: amount, currency }, 'en'), ...more };
  await audit({ ...school, actor: requirePerson(ctx) }, { action, subjectType: 'user', subjectId: personId, after });
}

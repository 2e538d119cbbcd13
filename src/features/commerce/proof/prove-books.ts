import { z } from 'zod';
import { audit } from '#features/accounts/index.server.ts';
import { type Context, system } from '#platform/context.ts';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import { type Disagreement, disagreements } from './disagreements.ts';
import { factsOf, ordersAfter } from './order-facts.ts';
import { payoutDisagreements, payoutsAfter } from './payout-facts.ts';

/** How much was looked at, and in how many places the books do not agree. */
export interface BooksProof {
  orders: number;
  payouts: number;
  disagreements: number;
}

/** Orders that are looked at together: what is held in memory, however many the school has. */
const step = 500;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/**
 * Goes through every order and payout and compares what the books say of it: orders with their items, payments, refunds, disputes, invoices, credit notes, ledger and
 * access. What does not agree raises an alarm that names it; once, until other numbers disagree.
 */
export async function proveBooks(
  ctx: Context,
  { signal, atOnce = step }: { signal?: AbortSignal; atOnce?: number } = {},
): Promise<BooksProof> {
  const school = { ...ctx, actor: system };
  const proof: BooksProof = { orders: 0, payouts: 0, disagreements: 0 };
  for (let after = beforeAll; ; ) {
    signal?.throwIfAborted();
    const ids = (await asActor(school, (sql) => sql(ordersAfter, after, atOnce))).map(({ id }) => id);
    for (const facts of ids.length > 0 ? await asActor(school, (sql) => sql(factsOf, ids)) : [])
      proof.disagreements += await tell(school, facts.orderId, facts.number, facts.orderId, disagreements(facts));
    proof.orders += ids.length;
    after = ids.at(-1) ?? after;
    if (ids.length < atOnce) break;
  }
  for (let after = beforeAll; ; ) {
    signal?.throwIfAborted();
    const payouts = await asActor(school, (sql) => sql(payoutsAfter, after, atOnce));
    for (const facts of payouts) proof.disagreements += await tell(school, facts.payoutId, null, null, payoutDisagreements(facts));
    proof.payouts += payouts.length;
    after = payouts.at(-1)?.payoutId ?? after;
    if (payouts.length < atOnce) return proof;
  }
}

/** Raises the alarms of one order or payout. Its numbers are part of the key: what somebody has resolved stays so until something else is wrong. */
async function tell(ctx: Context, id: string, order: string | null, orderId: string | null, found: Disagreement[]): Promise<number> {
  if (found.length === 0) return 0;
  await inTransaction(ctx, async (ctx) => {
    for (const { books, said } of found) {
      const key = `books:${books}:${id}:${Object.values(said).join(':')}`;
      const details = { books, ...said, ...(order === null ? { payout: id } : { number: order }) };
      await raiseAlarm(ctx, { key, kind: 'books-disagree', orderId, details });
    }
  });
  return found.length;
}

/** Proves the books every night and writes the outcome into the audit log. */
export const proveBooksJob = defineJob({
  name: 'commerce.proveBooks',
  schema: z.object({}),
  schedule: '40 3 * * *',
  async handler(ctx, _, run) {
    const proof = await proveBooks(ctx, { signal: run?.signal });
    if (proof.disagreements > 0) ctx.log.error({ disagreements: proof.disagreements }, 'the books of the shop do not agree');
    const after = { orders: String(proof.orders), payouts: String(proof.payouts), disagreements: String(proof.disagreements) };
    await inTransaction(ctx, (ctx) => audit(ctx, { action: 'commerce.booksProved', subjectType: 'books', subjectId: 'books', after }));
  },
});

import { z } from 'zod';
import { audit } from '#features/accounts/index.server.ts';
import { type Context, system } from '#platform/context.ts';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import { type Disagreement, disagreements } from './disagreements.ts';
import { factsOf, ordersAfter } from './order-facts.ts';
import { type PayoutFacts, payoutDisagreements, payoutsAfter } from './payout-facts.ts';

/** How much was looked at, and in how many places the books do not agree. */
export interface BooksProof {
  orders: number;
  payouts: number;
  disagreements: number;
}

/** An order or a payout, and where its books do not agree. */
interface Looked {
  id: string;
  /** Of an order. */
  number: string | null;
  found: Disagreement[];
}

interface Options {
  signal?: AbortSignal;
  atOnce?: number;
}

/** Orders that are looked at together: what is held in memory, however many the school has. */
const step = 500;
const beforeAll = '00000000-0000-0000-0000-000000000000';

/**
 * Goes through every order and payout and compares what the books say of it: orders with their items, payments, refunds, disputes, invoices, credit notes, ledger and
 * access. What does not agree raises an alarm that names it; once, until other numbers disagree.
 */
export async function proveBooks(ctx: Context, options: Options = {}): Promise<BooksProof> {
  return countOf(ctx, options, (looked) => tell({ ...ctx, actor: system }, looked));
}

/** The same look, which changes nothing: for `lyceum doctor`. Reads every order. */
export async function lookAtBooks(ctx: Context): Promise<BooksProof> {
  return countOf(ctx, {}, async () => undefined);
}

async function countOf(ctx: Context, options: Options, meet: (looked: Looked) => Promise<void>): Promise<BooksProof> {
  const proof: BooksProof = { orders: 0, payouts: 0, disagreements: 0 };
  for await (const looked of everyBook({ ...ctx, actor: system }, options)) {
    proof[looked.number === null ? 'payouts' : 'orders'] += 1;
    proof.disagreements += looked.found.length;
    if (looked.found.length > 0) await meet(looked);
  }
  return proof;
}

async function* everyBook(school: Context, { signal, atOnce = step }: Options): AsyncGenerator<Looked> {
  for (let after: string | undefined = beforeAll; after; ) {
    signal?.throwIfAborted();
    const from: string = after;
    const ids: string[] = (await asActor(school, (sql) => sql(ordersAfter, from, atOnce))).map(({ id }) => id);
    const facts = ids.length > 0 ? await asActor(school, (sql) => sql(factsOf, ids)) : [];
    for (const one of facts) yield { id: one.orderId, number: one.number, found: disagreements(one) };
    after = ids.length < atOnce ? undefined : ids.at(-1);
  }
  for (let after: string | undefined = beforeAll; after; ) {
    signal?.throwIfAborted();
    const from: string = after;
    const payouts: PayoutFacts[] = await asActor(school, (sql) => sql(payoutsAfter, from, atOnce));
    for (const one of payouts) yield { id: one.payoutId, number: null, found: payoutDisagreements(one) };
    after = payouts.length < atOnce ? undefined : payouts.at(-1)?.payoutId;
  }
}

/** Raises the alarms of one order or payout. Its numbers are part of the key: what somebody has resolved stays so until something else is wrong. */
async function tell(school: Context, { id, number, found }: Looked): Promise<void> {
  await inTransaction(school, async (ctx) => {
    for (const { books, said } of found) {
      const key = `books:${books}:${id}:${Object.values(said).join(':')}`;
      const details = { books, ...said, ...(number === null ? { payout: id } : { number }) };
      await raiseAlarm(ctx, { key, kind: 'books-disagree', orderId: number === null ? null : id, details });
    }
  });
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

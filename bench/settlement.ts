import type pg from 'pg';
import { applyProviderEvent } from '#features/commerce/settlement/apply-provider-event.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/runtime.server.ts';
import { repeat } from './load.ts';
import { type SentStatement, statementsOf } from './recorded.ts';
import type { Row } from './row.ts';
import type { BenchSchool } from './school.ts';
import { dealing, type WaitingOrder, waitingOrders } from './sold-orders.ts';

const perSecondAtMost = 2000;
const rounds = 5;

/**
 * An order settled by what its provider tells, with access, books, invoice and mail, against `pg` sending the same statements bare: in one go, without asking anything in
 * between and without row-level security. Both wait for the series of invoice numbers, which may have no gap.
 */
export async function settlement(school: BenchSchool, seconds: number): Promise<Row[]> {
  const size = Math.ceil((seconds + 2) * perSecondAtMost);
  const next = dealing(await waitingOrders(school.bare, size));
  const nextBare = dealing(await waitingOrders(school.bare, size));
  const settle = (order: WaitingOrder) => applyProviderEvent(systemContext(), 'demo', paidFor(order));
  const first = next();
  const sent = await statementsOf(() => settle(first));
  let place = 0;
  const bare = () => replay(school.bare, sent, first, nextBare(), ++place);
  const program = () => settle(next());
  for (const warm of [program, bare]) await repeat(warm, 1);
  let perSecond = 0;
  let floorPerSecond = 0;
  // Taking turns, so that a busy moment of the machine falls on both.
  for (let round = 0; round < rounds; round += 1) {
    floorPerSecond += (await repeat(bare, seconds / rounds)) / rounds;
    perSecond += (await repeat(program, seconds / rounds)) / rounds;
  }
  return [{ what: `settlement, ${sent.length} statements`, perSecond, floor: 'write floor', floorPerSecond }];
}

function paidFor({ orderId, sessionId }: WaitingOrder) {
  const paid = { minor: 4900, currency: 'USD' };
  const told = { eventId: `bench ${orderId}`, type: 'paid', happenedAt: new Date() };
  return { ...told, kind: 'paid' as const, orderId, sessionId, paymentId: `bench payment ${orderId}`, paid, subscription: null };
}

/** The statements of one settlement for another order: its ids in place of the first one’s, and new ones for the rows that are made. */
async function replay(pool: pg.Pool, sent: SentStatement[], first: WaitingOrder, order: WaitingOrder, place: number): Promise<void> {
  const known = new Map<string, string>(Object.entries(first).map(([name, value]) => [value, order[name as keyof WaitingOrder]]));
  const shared = new Set([first.productId, first.sellerId]);
  const made = new Map<string, string>();
  const fresh = (id: string) => made.get(id) ?? made.set(id, newId()).get(id);
  const valueFor = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(valueFor);
    if (typeof value !== 'string' || shared.has(value)) return value;
    if (known.has(value)) return known.get(value);
    return value.includes(first.orderId) ? value.replaceAll(first.orderId, order.orderId) : value;
  };
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const { name, text, values } of sent) {
      const isInvoice = text.includes('insert into invoices');
      const own = values.map(valueFor).map((value, index) => {
        if (isInvoice && index === 2) return 'F';
        if (isInvoice && index === 3) return place;
        return /^\s*insert/.test(text) && index === 0 && typeof value === 'string' && !known.has(value) ? fresh(value) : value;
      });
      await client.query({ name, text, values: text.includes('into ledger_entries') ? withNewLines(own) : own });
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Entries have their ids in an array. */
function withNewLines(values: unknown[]): unknown[] {
  return values.map((value, index) => (index === 5 && Array.isArray(value) ? value.map(() => newId()) : value));
}

import type pg from 'pg';
import { applyProviderEvent } from '#features/commerce/settlement/apply-provider-event.ts';
import type { SentStatement } from '#platform/database/together.server.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/runtime.server.ts';
import { repeat } from './load.ts';
import { statementsOf } from './recorded.ts';
import type { Row } from './row.ts';
import type { BenchSchool } from './school.ts';
import { dealing, type WaitingOrder, waitingOrders } from './sold-orders.ts';

const perSecondAtMost = 800;
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

const anyId = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The statements of one settlement for another order: its ids in place of the first one’s, and new ones for the rows that are made. */
async function replay(pool: pg.Pool, sent: SentStatement[], first: WaitingOrder, order: WaitingOrder, place: number): Promise<void> {
  const ids = new Map<string, string>(Object.entries(first).map(([name, value]) => [value, order[name as keyof WaitingOrder]]));
  const idFor = (id: string) => ids.get(id) ?? ids.set(id, newId()).get(id)!;
  const valueFor = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(valueFor);
    return typeof value === 'string' ? value.replaceAll(anyId, idFor) : value;
  };
  const client = await pool.connect();
  try {
    await client.query("begin; set local app.user_role = 'SYSTEM'");
    for (const { name, text, values } of sent) {
      const own = values.map(valueFor);
      // Numbers of its own, as the program's must have no gap.
      if (text.includes('insert into invoices')) own.splice(2, 2, 'F', place);
      await client.query({ name, text, values: own });
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf, type MadeProduct } from '../../../../tests/support/shop.ts';
import { aPlacedOrder, type PlacedOrder, paymentOf } from '../testing/placed-order.ts';
import { applyProviderEvent } from './apply-provider-event.ts';
import { followWaitingEvents } from './waiting-events.ts';

const database = testDatabase();
const school = testProcess(database);
let bundle: MadeProduct;
beforeAll(async () => {
  bundle = await aProductOf(database, { type: 'BUNDLE', prices: { USD: 9900 } });
});

const program = fileURLToPath(new URL('../testing/settle-and-die.ts', import.meta.url));

/** Settles in a process of its own that is killed, and gives the signal that ended it. */
async function settleKilled(order: PlacedOrder, moment: { before: string } | { after: string }): Promise<NodeJS.Signals | number | null> {
  const input = { url: database.applicationUrl, folder: `/tmp/${database.name}`, event: paymentOf(order), ...moment };
  const child = spawn(process.execPath, [program, JSON.stringify(input)], { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
}

async function standing(orderId: string) {
  const { rows } = await database.owner.query(
    `select o.status, (select count(*)::int from payments where order_id = o.id and status = 'PAID') as payments,
            (select count(*)::int from access_grants g join order_items i on i.id = g.order_item_id where i.order_id = o.id and g.revoked_at is null) as grants,
            (select count(*)::int from enrollments where user_id = o.user_id and status = 'ACTIVE') as enrollments,
            (select count(*)::int from invoices where order_id = o.id) as invoices,
            (select coalesce(sum(amount), 0)::int from ledger_entries where order_id = o.id) as ledger,
            (select count(*)::int from ledger_entries where order_id = o.id) > 0 as "isPosted"
       from orders o where o.id = $1`,
    [orderId],
  );
  return rows[0];
}

const nothing = { status: 'PENDING', payments: 0, grants: 0, enrollments: 0, invoices: 0, ledger: 0, isPosted: false };
const everything = { status: 'COMPLETED', payments: 1, grants: 2, enrollments: 2, invoices: 1, ledger: 0, isPosted: true };

describe('a settlement whose process is killed leaves nothing half-done, and is done once after the restart', () => {
  const settled: PlacedOrder[] = [];
  const steps = [
    'insert into webhook_events',
    'select payload',
    "update payments set status = 'paid'",
    'insert into enrollments',
    'insert into ledger_entries',
    'insert into invoices',
    'commit',
  ];
  const killed = new Map<string, PlacedOrder>();
  test.concurrent.each(steps)(
    'before “%s” nothing is done',
    async (before) => {
      const order = await aPlacedOrder(database, { products: [bundle] });
      expect(await settleKilled(order, { before })).toBe('SIGKILL');
      expect(await standing(order.id)).toEqual(nothing);
      killed.set(before, order);
    },
    60_000,
  );

  // The provider delivers it again, or, where it was kept before the end, the school's own job takes it up: that one takes up all that wait, and so comes last.
  const ways = steps.map((before, index) => [before, index % 2 === 1 ? 'the job' : 'the provider'] as const);
  test.each(ways.toSorted(([, one], [, other]) => other.localeCompare(one)))('killed before “%s”, it is done by %s', async (before, by) => {
    const order = killed.get(before)!;
    if (by === 'the job') await followWaitingEvents(database.context(system, new Date('2026-05-04T10:10:00Z')));
    else {
      expect(await standing(order.id)).toEqual(nothing);
      await applyProviderEvent(database.context(), 'demo', paymentOf(order));
    }
    expect(await standing(order.id)).toEqual(everything);
    await applyProviderEvent(database.context(), 'demo', paymentOf(order));
    expect(await standing(order.id)).toEqual(everything);
    settled.push(order);
  });

  test('after it was committed', async () => {
    const order = await aPlacedOrder(database, { products: [bundle] });
    expect(await settleKilled(order, { after: 'commit' })).toBe('SIGKILL');
    expect(await standing(order.id)).toEqual(everything);
    expect(await applyProviderEvent(database.context(), 'demo', paymentOf(order))).toBe('already');
    expect(await standing(order.id)).toEqual(everything);
    settled.push(order);
  });

  test('and each buyer gets one mail', async () => {
    await school.runJobs();
    for (const { buyer } of settled) expect((await school.mailsTo(buyer.email)).map(({ kind }) => kind)).toEqual(['commerce.receipt']);
  });
});

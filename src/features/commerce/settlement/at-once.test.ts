import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { createTestDatabase, system, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { cancelOrder } from '../checkout/cancel-order.ts';
import { cancelPendingOrder } from '../orders/cancel-pending-order.ts';
import { markPaid } from '../orders/mark-paid.ts';
import { proveBooks } from '../proof/prove-books.ts';
import { aCoupon, aPlacedOrder, morning, paymentOf } from '../testing/placed-order.ts';
import { applyProviderEvent } from './apply-provider-event.ts';

let database: TestDatabase;
let school: TestProcess;
let admins: Awaited<ReturnType<typeof aPerson>>[];
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
  school = startTestProcess(database);
  admins = [await aPerson(database, 'ADMIN'), await aPerson(database, 'ADMIN')];
});
afterAll(async () => {
  await school.close();
  await database.drop();
});

const warm = () => Promise.all(Array.from({ length: 12 }, () => database.connections.pool.query('select pg_sleep(0.02)')));
const settledOnce = { status: 'COMPLETED', payments: 1, grants: 1, invoices: 1, books: 0, alarms: 0 };
async function standing(orderId: string) {
  const { rows } = await database.owner.query(
    `select o.status, (select count(*)::int from payments where order_id = o.id and status = 'PAID') as payments,
            (select count(*)::int from access_grants g join order_items i on i.id = g.order_item_id where i.order_id = o.id and g.revoked_at is null) as grants,
            (select count(*)::int from invoices where order_id = o.id) as invoices, (select sum(amount)::int from ledger_entries where order_id = o.id) as books,
            (select count(*)::int from shop_alarms where order_id = o.id) as alarms
       from orders o where o.id = $1`,
    [orderId],
  );
  return rows[0];
}

test('two admins who say at the same moment that a transfer has come settle its order once', async () => {
  await database.owner.query("update shop_settings set bank_details = 'IBAN DE02'");
  await warm();
  for (let round = 0; round < 4; round += 1) {
    const order = await aPlacedOrder(database, { provider: 'bank' });
    await database.owner.query("update payments set session_id = 'bank_' || order_id where order_id = $1", [order.id]);
    const said = await Promise.allSettled([...admins, ...admins].map((admin) => markPaid(database.context(admin, morning), order)));
    expect(said.some(({ status }) => status === 'fulfilled')).toBe(true);
    for (const answer of said) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'conflict' });
    expect(await standing(order.id)).toEqual(settledOnce);
  }
  await database.owner.query("update shop_settings set bank_details = ''");
});

test('an order that is cancelled, by its buyer and by an admin, just while its money comes is settled, and its coupon used once', async () => {
  const { id: couponId, code } = await aCoupon(database, { maxUses: 100 });
  await warm();
  for (let round = 0; round < 6; round += 1) {
    const order = await aPlacedOrder(database, { couponCode: code, expectedTotal: 4410 });
    const done = await Promise.allSettled([
      cancelOrder(database.context(order.buyer, morning), order),
      applyProviderEvent(database.context(system, morning), 'demo', paymentOf(order)),
      cancelPendingOrder(database.context(admins[0], morning), order),
      applyProviderEvent(database.context(system, morning), 'demo', paymentOf(order)),
    ]);
    for (const answer of done) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'conflict' });
    expect(await standing(order.id)).toEqual(settledOnce);
    const { rows } = await database.owner.query<{ used: number; held: number }>(
      `select used_count as used, (select count(*)::int from coupon_redemptions where coupon_id = c.id and released_at is null) as held
         from coupons c where id = $1`,
      [couponId],
    );
    expect(rows).toEqual([{ used: round + 1, held: round + 1 }]);
  }
  expect(await proveBooks(database.context(system))).toMatchObject({ disagreements: 0 });
});

import { describe, expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf } from '../../../../tests/support/shop.ts';
import { markPaid } from '../orders/mark-paid.ts';
import { aPlacedOrder, type PlacedOrder } from '../testing/placed-order.ts';
import { applyProviderEvent } from './apply-provider-event.ts';

const database = testDatabase({ poolSize: 12 });
const school = testProcess(database);

const afternoon = new Date('2026-05-04T15:00:00Z');
const pay = (order: PlacedOrder) =>
  applyProviderEvent(database.context(undefined, afternoon), 'demo', {
    ...{ kind: 'paid', eventId: `evt_${order.id}`, type: 'demo.paid', happenedAt: afternoon, orderId: order.id, subscription: null },
    ...{ sessionId: `demo_${order.id}`, paymentId: `pay_${order.id}`, paid: { minor: order.total, currency: 'USD' } },
  });

/** Two orders of one buyer for the same course: the first one's time is over when the second is placed, and nobody has given it up yet. */
async function twoOrders(more: Awaited<ReturnType<typeof aProductOf>>[] = []) {
  const [buyer, product] = [await aPerson(database), await aProductOf(database)];
  const first = await aPlacedOrder(database, { buyer, products: [product] });
  const second = await aPlacedOrder(database, { buyer, products: [product, ...more], now: afternoon });
  return { buyer, first, second };
}

async function standing({ id }: PlacedOrder) {
  const { rows } = await database.owner.query(
    `select o.status, (select coalesce(sum(refunded_amount), 0)::int from order_items where order_id = o.id) as refunded,
            (select count(*)::int from access_grants g join order_items i on i.id = g.order_item_id where i.order_id = o.id and g.revoked_at is null) as grants,
            (select coalesce(sum(amount), 0)::int from ledger_entries where order_id = o.id) as ledger,
            (select count(*)::int from invoices where order_id = o.id and kind = 'CREDIT_NOTE') as "creditNotes",
            array(select kind from shop_alarms where order_id = o.id) as alarms
       from orders o where o.id = $1`,
    [id],
  );
  return rows[0];
}

const kept = { status: 'COMPLETED', refunded: 0, grants: 1, ledger: 0, creditNotes: 0, alarms: [] };
const givenBack = { ...kept, status: 'REFUNDED', refunded: 4900, grants: 0, creditNotes: 1 };

describe('what somebody pays for and has already', () => {
  test('is given back by itself, and the first purchase stays', async () => {
    const { buyer, first, second } = await twoOrders();
    await pay(second);
    await pay(first);
    await school.runJobs();
    expect([await standing(second), await standing(first)]).toEqual([kept, givenBack]);
    const { rows } = await database.owner.query("select count(*)::int from enrollments where user_id = $1 and status = 'ACTIVE'", [
      buyer.id,
    ]);
    expect(rows).toEqual([{ count: 1 }]);
    expect((await school.mailsTo(buyer.email)).map(({ kind }) => kind).sort()).toEqual([
      'commerce.receipt',
      'commerce.receipt',
      'commerce.refunded',
    ]);
  });

  test('alone: the rest of the order stays', async () => {
    const { first, second } = await twoOrders([await aProductOf(database, { prices: { USD: 1000 } })]);
    await pay(first);
    await pay(second);
    await school.runJobs();
    expect(await standing(second)).toEqual({ ...givenBack, status: 'PARTIALLY_REFUNDED', grants: 1 });
  });

  test('also where both orders are paid at the same moment: one is kept, and one goes back', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { first, second } = await twoOrders();
      await Promise.all(Array.from({ length: 12 }, () => database.connections.pool.query('select pg_sleep(0.01)')));
      await Promise.all([pay(first), pay(second)]);
      await school.runJobs();
      const both = [await standing(first), await standing(second)].sort((a, b) => a.refunded - b.refunded);
      expect(both).toEqual([kept, givenBack]);
    }
  });

  test('by bank transfer, the school is asked to send it back', async () => {
    await database.owner.query("update shop_settings set bank_details = 'IBAN DE02'");
    const transfer = await aPlacedOrder(database, { provider: 'bank' });
    await database.owner.query("update payments set session_id = 'bank_' || order_id where order_id = $1", [transfer.id]);
    await database.owner.query(
      "insert into access_grants (id, user_id, course_id, source, starts_at) values (gen_random_uuid(), $1, $2, 'MANUAL', '2026-01-01')",
      [transfer.buyer.id, transfer.products[0]!.courses[0]!.id],
    );
    await markPaid(database.context(await aPerson(database, 'ADMIN'), afternoon), transfer);
    await database.owner.query("update shop_settings set bank_details = ''");
    expect(await standing(transfer)).toEqual({ ...kept, alarms: ['bought-twice'] });
  });
});

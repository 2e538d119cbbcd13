import { beforeAll, expect, test } from 'vitest';
import { inTransaction } from '#platform/database/database.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf, aSettledOrder, type MadeOrder } from '../../../../tests/support/shop.ts';
import { postSale } from '../books/post-sale.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { followDispute } from './follow-dispute.ts';

const database = testDatabase();
const school = testProcess(database);
beforeAll(async () => {
  await database.owner.query("update shop_settings set seller_email = 'billing@school.example'");
});

async function anOrder(wish: Parameters<typeof aSettledOrder>[1] = {}): Promise<MadeOrder> {
  const order = await aSettledOrder(database, wish);
  await inTransaction(database.context(system), (ctx) => postSale(ctx, { orderId: order.id }));
  return order;
}
const tell = (order: MadeOrder, status: 'OPEN' | 'WON' | 'LOST', wish: { disputeId?: string; minor?: number; currency?: string } = {}) =>
  followDispute(database.context(system), {
    provider: 'demo',
    event: {
      kind: 'dispute',
      eventId: `${order.id}-${status}`,
      type: 'dispute',
      happenedAt: new Date(),
      paymentId: order.providerPaymentId,
      disputeId: wish.disputeId ?? `dispute-${order.id}`,
      disputed: { minor: wish.minor ?? order.total, currency: wish.currency ?? 'USD' },
      reason: 'fraudulent',
      status,
    },
  });

async function stateOf({ id, buyer }: MadeOrder) {
  const { rows } = await database.owner.query(
    `select (select count(*)::int from enrollments e where e.user_id = $2 and e.status = 'ACTIVE') as open,
            array(select d.status::text from disputes d join payments p on p.id = d.payment_id where p.order_id = $1 order by d.provider_dispute_id) as disputes,
            (select status from payments p where p.order_id = $1) as payment,
            (select coalesce(sum(amount), 0)::int from ledger_entries l where l.order_id = $1 and l.account = 'CASH') as cash,
            array(select kind from shop_alarms a where a.order_id = $1 order by kind) as alarms`,
    [id, buyer.id],
  );
  return rows[0];
}

test('while a dispute is open, what was bought is suspended; won, it comes back', async () => {
  const order = await anOrder();
  for (let time = 0; time < 2; time += 1) await tell(order, 'OPEN');
  expect(await stateOf(order)).toEqual({ open: 0, disputes: ['OPEN'], payment: 'PAID', cash: 0, alarms: ['dispute-open'] });
  await school.runJobs();
  const mails = await school.mailsTo('billing@school.example');
  expect(mails.map(({ subject }) => subject)).toEqual([`The payment of order ${order.number} is disputed`]);
  for (let time = 0; time < 2; time += 1) await tell(order, 'WON');
  expect(await stateOf(order)).toMatchObject({
    open: 1,
    disputes: ['WON'],
    payment: 'PAID',
    cash: 4900,
    alarms: ['dispute-open', 'dispute-won'],
  });
});

test('a lost dispute ends what was bought, and no late word brings it back', async () => {
  const order = await anOrder();
  await tell(order, 'OPEN');
  await tell(order, 'LOST');
  for (const late of ['OPEN', 'WON', 'LOST'] as const) await tell(order, late);
  expect(await stateOf(order)).toMatchObject({ open: 0, disputes: ['LOST'], payment: 'REFUNDED', cash: 0 });
});

test('an end that is told before its beginning ends the same', async () => {
  const [won, lost] = [await anOrder(), await anOrder()];
  await tell(won, 'WON');
  await tell(won, 'OPEN');
  await tell(lost, 'LOST');
  await tell(lost, 'OPEN');
  expect(await stateOf(won)).toMatchObject({ open: 1, disputes: ['WON'], cash: 4900 });
  expect(await stateOf(lost)).toMatchObject({ open: 0, disputes: ['LOST'], cash: 0 });
});

test('of two disputes one that is won brings nothing back while the other is open', async () => {
  const order = await anOrder();
  await tell(order, 'OPEN', { disputeId: `a-${order.id}`, minor: 1000 });
  await tell(order, 'OPEN', { disputeId: `b-${order.id}`, minor: 2000 });
  await tell(order, 'WON', { disputeId: `a-${order.id}`, minor: 1000 });
  expect(await stateOf(order)).toMatchObject({ open: 0, disputes: ['WON', 'OPEN'] });
  await tell(order, 'WON', { disputeId: `b-${order.id}`, minor: 2000 });
  expect(await stateOf(order)).toMatchObject({ open: 1, cash: 4900 });
});

test('a course that another purchase opens stays open', async () => {
  const course = await aProductOf(database);
  const order = await anOrder({ items: [await aProductOf(database, { type: 'BUNDLE', courses: course.courses })] });
  await anOrder({ buyer: order.buyer, items: [course] });
  await tell(order, 'OPEN');
  expect(await stateOf(order)).toMatchObject({ open: 1 });
});

test('what is disputed is not given back too', async () => {
  const order = await anOrder();
  await tell(order, 'OPEN');
  const admin = await aPerson(database, 'ADMIN');
  const refund = refundOrder(database.context(admin), { number: order.number, itemId: null, amount: null, reason: 'Asked' });
  await expect(refund).rejects.toMatchObject({ code: 'conflict' });
});

test('a dispute of a payment that nobody knows, or in another currency, is told to the school', async () => {
  const order = await anOrder();
  await tell({ ...order, providerPaymentId: 'nobody’s' }, 'OPEN');
  await tell(order, 'OPEN', { currency: 'EUR' });
  expect(await stateOf(order)).toMatchObject({ open: 1, disputes: [], alarms: ['dispute-differs'] });
});

import type Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { type StripeServer, startStripe } from '../../../../tests/support/stripe-server.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { aWaitingOrder, type WaitingOrder } from '../../../../tests/support/waiting-order.ts';
import { markPaid } from '../orders/mark-paid.ts';
import { receivePaymentMessage } from '../webhooks/receive-payment-message.ts';
import { beginPayment } from './begin-payment.ts';
import { outcomePage } from './outcome-page.ts';
import { payAnotherWay } from './pay-another-way.ts';

const school = testSchool();
let stripe: StripeServer;
beforeAll(async () => {
  stripe = await startStripe();
  await school.restart(stripe.settings);
  await school.database.owner.query("update shop_settings set bank_details = 'IBAN DE02'");
});
afterAll(() => stripe?.stop());

const as = (order: WaitingOrder) => school.database.context(order.buyer, new Date());
const begin = async (order: WaitingOrder) => {
  await beginPayment(as(order), order);
  const { rows } = await school.database.owner.query<{ id: string }>(
    "select session_id as id from payments where order_id = $1 and status = 'PENDING'",
    [order.id],
  );
  return rows[0]!.id;
};
const change = (order: WaitingOrder, provider: string) => payAnotherWay(as(order), { number: order.number, provider });
const tell = (type: string) => {
  const { body, headers } = stripe.post.sign(stripe.post.latest(type));
  return receivePaymentMessage(school.asGuest(), { provider: 'stripe', body, headers: new Headers(headers) });
};
const stateOf = async ({ id }: WaitingOrder) =>
  (
    await school.database.owner.query(
      `select status, payment_method as method, round(extract(epoch from expires_at - created_at) / 3600)::int as hours,
              array(select provider || ' ' || status from payments p where p.order_id = o.id order by p.id) as payments from orders o where id = $1`,
      [id],
    )
  ).rows[0];

test('an order that waits is paid another way, back and forth: its page offers it, and the session before is closed', async () => {
  const order = await aWaitingOrder(school.database, { provider: 'stripe' });
  const session = await begin(order);
  expect((await outcomePage(as(order), order)).waiting?.otherWays).toEqual([{ name: 'bank', title: 'Bank transfer' }]);
  for (let time = 0; time < 2; time += 1) await change(order, 'bank');
  expect(stripe.shelf.get<Stripe.Checkout.Session>('checkout.session', session).status).toBe('expired');
  await begin(order);
  expect((await outcomePage(as(order), order)).waiting).toMatchObject({
    transfer: { details: 'IBAN DE02' },
    otherWays: [{ name: 'stripe' }],
  });
  // The end of the session that was left is no end of the order.
  await tell('checkout.session.expired');
  expect(await stateOf(order)).toMatchObject({ status: 'PENDING', hours: 168, payments: ['stripe FAILED', 'bank PENDING'] });

  await change(order, 'stripe');
  const second = await begin(order);
  expect(second).not.toBe(session);
  expect(await stateOf(order)).toMatchObject({ hours: 1, payments: ['stripe FAILED', 'bank FAILED', 'stripe PENDING'] });
  stripe.pay(second);
  await tell('checkout.session.completed');
  expect(await stateOf(order)).toMatchObject({
    status: 'COMPLETED',
    method: 'stripe',
    payments: ['stripe FAILED', 'bank FAILED', 'stripe PAID'],
  });
});

test('what was paid the first way meanwhile settles the order, and nothing is asked for a second time', async () => {
  const order = await aWaitingOrder(school.database, { provider: 'stripe' });
  stripe.pay(await begin(order));
  await change(order, 'bank');
  expect(await stateOf(order)).toMatchObject({ status: 'COMPLETED', payments: ['stripe PAID'] });
  await expect(change(order, 'bank')).rejects.toMatchObject({ code: 'conflict' });
});

test('a transfer that comes all the same settles the order, though its buyer has gone on to another way', async () => {
  const order = await aWaitingOrder(school.database, { provider: 'bank' });
  await begin(order);
  await change(order, 'stripe');
  await begin(order);
  await markPaid(school.database.context(await aPerson(school.database, 'ADMIN'), new Date()), order);
  expect(await stateOf(order)).toMatchObject({ status: 'COMPLETED', method: 'bank', payments: ['bank PAID', 'stripe FAILED'] });
});

test('where a transfer and a card pay it at the same moment it is paid once, and the school hears of the other', async () => {
  const admin = school.database.context(await aPerson(school.database, 'ADMIN'), new Date());
  for (let round = 0; round < 4; round += 1) {
    const order = await aWaitingOrder(school.database, { provider: 'bank' });
    await begin(order);
    await change(order, 'stripe');
    stripe.pay(await begin(order));
    await Promise.all([markPaid(admin, order), tell('checkout.session.completed')]);
    const { rows } = await school.database.owner.query(
      `select (select count(*)::int from payments where order_id = $1 and status = 'PAID') as paid, array(select kind from shop_alarms where order_id = $1) as alarms,
              (select count(*)::int from invoices where order_id = $1) as invoices, (select sum(amount)::int from ledger_entries where order_id = $1) as books`,
      [order.id],
    );
    expect(rows).toEqual([{ paid: 1, alarms: ['paid-twice'], invoices: 1, books: 0 }]);
  }
});

test('only its buyer changes it, only to what the school takes, and a membership to nothing that does not renew', async () => {
  const order = await aWaitingOrder(school.database, { provider: 'stripe' });
  const stranger = school.database.context(await aPerson(school.database), new Date());
  await expect(payAnotherWay(stranger, { number: order.number, provider: 'bank' })).rejects.toMatchObject({ code: 'not-found' });
  await expect(change(order, 'demo')).rejects.toMatchObject({ code: 'conflict' });
  const membership = await aWaitingOrder(school.database, { provider: 'stripe', product: { type: 'MEMBERSHIP', prices: { USD: 1900 } } });
  await expect(change(membership, 'bank')).rejects.toMatchObject({ code: 'conflict' });
  expect((await outcomePage(as(membership), membership)).waiting?.otherWays).toEqual([]);
});

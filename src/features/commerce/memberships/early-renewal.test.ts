import type Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { courseStanding } from '#features/learning/index.server.ts';
import type { StripeMessage } from '../../../../tests/support/stripe/post.ts';
import { type StripeServer, startStripe } from '../../../../tests/support/stripe-server.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { aWaitingOrder, type WaitingOrder } from '../../../../tests/support/waiting-order.ts';
import { beginPayment } from '../checkout/begin-payment.ts';
import { receivePaymentMessage } from '../webhooks/receive-payment-message.ts';

const school = testSchool();
let stripe: StripeServer;
beforeAll(async () => {
  stripe = await startStripe();
  await school.restart(stripe.settings);
});
afterAll(() => stripe?.stop());

/** A membership that was paid at Stripe, of which the school has heard nothing yet. */
async function aPaidSession() {
  const order = await aWaitingOrder(school.database, { provider: 'stripe', product: { type: 'MEMBERSHIP', prices: { USD: 1900 } } });
  await beginPayment(school.database.context(order.buyer, new Date()), order);
  const { rows } = await school.database.owner.query<{ id: string }>('select session_id as id from payments where order_id = $1', [
    order.id,
  ]);
  const session = stripe.shelf.get<Stripe.Checkout.Session>('checkout.session', rows[0]!.id);
  stripe.pay(session.id);
  return { order, session, completed: stripe.post.latest('checkout.session.completed') };
}

const tell = (message: StripeMessage) => {
  const { body, headers } = stripe.post.sign(message);
  return receivePaymentMessage(school.asGuest(), { provider: 'stripe', body, headers: new Headers(headers) });
};
const twiceAtOnce = (message: StripeMessage) => Promise.all([tell(message), tell(message)]);

/** What a buyer's membership has come to: its rows, what was paid for it, and whether every book agrees. */
async function standing({ buyer, id }: WaitingOrder) {
  const { rows } = await school.database.owner.query(
    `select array(select status::text from subscriptions where user_id = $1) as memberships,
            (select current_period_end from subscriptions where user_id = $1) as "paidUntil",
            array(select o.status || ' ' || o.total || ' ' || (o.subscription_id is not null) from orders o where o.user_id = $1 order by o.id = $2 desc) as orders,
            (select count(*)::int from payments where user_id = $1 and status = 'PAID') as payments,
            (select count(*)::int from invoices n join orders o on o.id = n.order_id where o.user_id = $1) as invoices,
            (select sum(l.amount)::int from ledger_entries l join orders o on o.id = l.order_id where o.user_id = $1) as books,
            (select -sum(l.amount)::int from ledger_entries l join orders o on o.id = l.order_id where o.user_id = $1 and l.account <> 'CASH') as earned,
            (select count(*)::int from webhook_events where processed_at is null) as waiting,
            (select count(*)::int from shop_alarms) as alarms`,
    [buyer.id, id],
  );
  return rows[0];
}
const stepOf = async ({ buyer, courseIds }: WaitingOrder, at: Date) => {
  const { rows } = await school.database.owner.query<{ slug: string }>('select slug from courses where id = $1', [courseIds[0]]);
  return (await courseStanding(school.database.context(buyer, at), { slug: rows[0]!.slug })).step;
};
const endOf = (session: Stripe.Checkout.Session) => {
  const { items } = stripe.shelf.get<Stripe.Subscription>('subscription', String(session.subscription));
  return new Date(items.data[0]!.current_period_end * 1000);
};
const days = (from: Date, count: number) => new Date(from.getTime() + count * 86_400_000);

test('a membership’s first invoice that is told before its checkout, and both of them twice, are one membership and one payment', async () => {
  const { order, session, completed } = await aPaidSession();
  const invoice = stripe.post.latest('invoice.paid');
  await twiceAtOnce(invoice);
  expect(await standing(order)).toMatchObject({ memberships: [], orders: ['PENDING 1900 false'], payments: 0, waiting: 0 });
  await twiceAtOnce(completed);
  for (const again of [invoice, completed]) await tell(again);
  expect(await standing(order)).toEqual({
    memberships: ['ACTIVE'],
    paidUntil: endOf(session),
    orders: ['COMPLETED 1900 true'],
    ...{ payments: 1, invoices: 1, books: 0, earned: 1900, waiting: 0, alarms: 0 },
  });
});

test('a renewal that is told before the checkout that begins its membership is followed after it: one membership, two payments, open to the end', async () => {
  const { order, session, completed } = await aPaidSession();
  const firstEnd = endOf(session);
  stripe.renew(String(session.subscription));
  const renewal = stripe.post.latest('invoice.paid');
  await twiceAtOnce(renewal);
  expect(await standing(order)).toMatchObject({ memberships: [], orders: ['PENDING 1900 false'], payments: 0, waiting: 1 });
  expect(await stepOf(order, new Date())).toBe('purchase');

  await twiceAtOnce(completed);
  for (const again of [renewal, completed, stripe.post.latest('customer.subscription.updated')]) await tell(again);
  expect(endOf(session).getTime()).toBeGreaterThan(firstEnd.getTime());
  expect(await standing(order)).toEqual({
    memberships: ['ACTIVE'],
    paidUntil: endOf(session),
    orders: ['COMPLETED 1900 true', 'COMPLETED 1900 true'],
    ...{ payments: 2, invoices: 2, books: 0, earned: 3800, waiting: 0, alarms: 0 },
  });
  expect(await stepOf(order, days(endOf(session), 1))).toBe('start');
  expect(await stepOf(order, days(endOf(session), 8))).toBe('purchase');
});

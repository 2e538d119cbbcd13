import type Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import type { Sending, StripeMessage } from '../../../../../tests/support/stripe/post.ts';
import { type StripeServer, startStripe } from '../../../../../tests/support/stripe-server.ts';
import { testSchool } from '../../../../../tests/support/test-school.ts';
import type { PayableOrder } from '../provider.ts';
import { stripeProvider } from './stripe.ts';

const school = testSchool();
let stripe: StripeServer;
let ada: { id: string };

beforeAll(async () => {
  stripe = await startStripe();
  await school.restart(stripe.settings);
  ada = await school.make('ada@school.test');
});
afterAll(() => stripe?.stop());
beforeEach(() => {
  Object.assign(stripe, { slowRefunds: false, isDown: false });
  stripe.requests.length = 0;
});

const ctx = () => school.asProgram();
const anOrder = (more: Partial<PayableOrder> = {}): PayableOrder => ({
  orderId: newId(),
  orderNumber: '2026-000001',
  paymentId: newId(),
  total: { minor: 4900, currency: 'USD' },
  title: 'Order 2026-000001',
  buyer: { userId: ada.id, email: 'ada@school.test', name: 'Ada Lovelace' },
  returnUrl: 'http://localhost:3000/checkout/2026-000001',
  cancelUrl: 'http://localhost:3000/cart',
  expiresAt: new Date(Date.now() + 3_600_000),
  membership: null,
  ...more,
});
const sessionOf = (id: string) => stripe.shelf.get<Stripe.Checkout.Session>('checkout.session', id);
const aPayment = async (more: Partial<PayableOrder> = {}) => {
  const { sessionId } = await stripeProvider.openSession(ctx(), anOrder(more));
  stripe.pay(sessionId);
  const paid = await stripeProvider.lookUp(ctx(), sessionId);
  if (paid.kind !== 'paid') throw new Error(`It is ${paid.kind}`);
  return paid;
};
const read = (message: StripeMessage, sending?: Sending, now?: Date) => {
  const { body, headers } = stripe.post.sign(message, sending);
  return stripeProvider.readWebhook!(school.asGuest(now), { body, headers: new Headers(headers) });
};
const newest = (type: string, sending?: Sending) => read(stripe.post.latest(type), sending);
const aMembership = (more: Partial<PayableOrder> = {}, trialDays: number | null = null) =>
  anOrder({ membership: { interval: 'MONTH', trialDays, amount: { minor: 4900, currency: 'USD' } }, ...more });
const aMember = async () => {
  const order = aMembership();
  const { sessionId } = await stripeProvider.openSession(ctx(), order);
  stripe.pay(sessionId);
  return { order, subscriptionId: String(sessionOf(sessionId).subscription) };
};

test('a buyer is one customer at Stripe, whatever they buy and however fast', async () => {
  const bea = await school.make('bea@school.test');
  const buyer = { userId: bea.id, email: 'bea@school.test', name: 'Bea' };
  const opened = await Promise.all([1, 2, 3].map(() => stripeProvider.openSession(ctx(), anOrder({ buyer }))));
  expect(new Set(opened.map(({ sessionId }) => sessionOf(sessionId).customer)).size).toBe(1);
  const { rows } = await school.database.owner.query('select stripe_customer_id as id from users where id = $1', [bea.id]);
  expect(rows).toEqual([{ id: sessionOf(opened[0]!.sessionId).customer }]);
});

test('a customer whom Stripe has forgotten is made anew', async () => {
  const cid = await school.make('cid@school.test');
  await school.database.owner.query("update users set stripe_customer_id = 'cus_of_test_mode' where id = $1", [cid.id]);
  const { sessionId } = await stripeProvider.openSession(
    ctx(),
    anOrder({ buyer: { userId: cid.id, email: 'cid@school.test', name: 'Cid' } }),
  );
  const { rows } = await school.database.owner.query('select stripe_customer_id as id from users where id = $1', [cid.id]);
  expect(rows).toEqual([{ id: sessionOf(sessionId).customer }]);
});

test('the whole order is one line, of exactly its total, and bears the order’s name wherever Stripe keeps it', async () => {
  const order = anOrder({ total: { minor: 1001, currency: 'EUR' } });
  const { sessionId, url } = await stripeProvider.openSession(ctx(), order);
  const session = sessionOf(sessionId);
  expect(session).toMatchObject({ mode: 'payment', amount_total: 1001, currency: 'eur', client_reference_id: order.orderId });
  expect([session.success_url, session.cancel_url, session.url]).toEqual([order.returnUrl, order.cancelUrl, url]);
  expect(session.expires_at).toBe(Math.ceil(order.expiresAt.getTime() / 1000));
});

test.each([
  ['a minute', 60_000, 30 * 60],
  ['a week', 7 * 86_400_000, 24 * 3600],
])('an order that lives %s is opened for as long as Stripe allows', async (_, lifeMs, boundSeconds) => {
  const { sessionId } = await stripeProvider.openSession(ctx(), anOrder({ expiresAt: new Date(Date.now() + lifeMs) }));
  expect(Math.abs(sessionOf(sessionId).expires_at - Date.now() / 1000 - boundSeconds)).toBeLessThan(90);
});

test('asked again later, and by another name, the order’s session is found', async () => {
  const order = anOrder();
  const first = await stripeProvider.openSession(ctx(), order);
  expect(await stripeProvider.openSession(ctx(), { ...order, title: 'Renamed', expiresAt: new Date(Date.now() + 7_000_000) })).toEqual(
    first,
  );
  stripe.pay(first.sessionId);
  await expect(stripeProvider.openSession(ctx(), { ...order, title: 'Renamed again' })).rejects.toMatchObject({ code: 'conflict' });
});

test.each([
  ['a third decimal', { minor: 5125, currency: 'KWD' }, 'Stripe takes no such amount: KWD 5.125. Choose another way to pay.'],
  ['too little', { minor: 20, currency: 'USD' }, 'Stripe does not take so small an amount.'],
])('an order of %s is refused in words', async (_, total, words) => {
  const refusal = await stripeProvider.openSession(ctx(), anOrder({ total })).catch((error) => error);
  expect([refusal.code, refusal.message.replaceAll('\u00a0', ' ')]).toEqual(['invalid', words]);
});

test('while Stripe is down, buyers are asked to try again', async () => {
  stripe.isDown = true;
  await expect(stripeProvider.openSession(ctx(), anOrder())).rejects.toMatchObject({ code: 'unavailable' });
});

test('money on its way is nothing yet; it comes, or it does not', async () => {
  const opened = await Promise.all([1, 2].map(() => stripeProvider.openSession(ctx(), anOrder())));
  const [comes, fails] = opened.map(({ sessionId }) => sessionId) as [string, string];
  stripe.pay(comes, 'later');
  stripe.pay(fails, 'later');
  expect((await newest('checkout.session.completed')).kind).toBe('other');
  await expect(stripeProvider.closeSession(ctx(), comes)).rejects.toMatchObject({ code: 'conflict' });
  stripe.settle(comes, 'paid');
  expect(await newest('checkout.session.async_payment_succeeded')).toMatchObject({ kind: 'paid', sessionId: comes });
  stripe.settle(fails, 'failed');
  expect(await newest('checkout.session.async_payment_failed')).toMatchObject({ kind: 'failed', reason: 'insufficient_funds' });
  expect(await stripeProvider.lookUp(ctx(), fails)).toMatchObject({ kind: 'failed' });
  await expect(stripeProvider.closeSession(ctx(), fails)).resolves.toBeUndefined();
});

test('a session that Stripe has forgotten is nothing, and nobody can pay it', async () => {
  expect((await stripeProvider.lookUp(ctx(), 'cs_test_0')).kind).toBe('other');
  await expect(stripeProvider.closeSession(ctx(), 'cs_test_0')).resolves.toBeUndefined();
});

test('a slow refund is pending until the bank has said', async () => {
  const { paymentId, paid } = await aPayment();
  stripe.slowRefunds = true;
  const refund = await stripeProvider.refund(ctx(), { paymentId, amount: paid, reason: 'Asked for', key: newId() });
  expect(refund.status).toBe('PENDING');
  expect((await newest('refund.created')).kind).toBe('other');
  stripe.endRefund(refund.refundId, 'failed');
  expect(await newest('refund.failed')).toMatchObject({ kind: 'refund-failed', paymentId, refundId: refund.refundId });
  expect(await newest('refund.updated')).toMatchObject({ kind: 'refund-failed', reason: 'lost_or_stolen_card' });
});

test('what an admin gives back on Stripe’s own pages is told as each refund that it is', async () => {
  const { paymentId } = await aPayment();
  const first = stripe.refund(paymentId, 1000);
  const told = stripe.post.latest('charge.refunded');
  const second = stripe.refund(paymentId, 2000);
  expect(await read(told)).toMatchObject({ kind: 'refunded', refundId: first.id, refunded: { minor: 1000, currency: 'USD' } });
  expect(await newest('charge.refunded')).toMatchObject({ kind: 'refunded', refundId: second.id, paymentId });
});

test('a dispute opens, and is won or lost, whatever the order in which it is told', async () => {
  const { paymentId } = await aPayment();
  const { id } = stripe.dispute(paymentId);
  expect(await newest('charge.dispute.created')).toMatchObject({
    ...{ kind: 'dispute', disputeId: id, paymentId, status: 'OPEN', reason: 'fraudulent' },
    disputed: { minor: 4900, currency: 'USD' },
  });
  stripe.decide(id, 'lost');
  expect(await newest('charge.dispute.closed')).toMatchObject({ kind: 'dispute', status: 'LOST' });
  expect(await newest('charge.dispute.created')).toMatchObject({ kind: 'dispute', status: 'LOST' });
});

test('a bank that only asks has called nothing back', async () => {
  const { paymentId } = await aPayment();
  const { id } = stripe.dispute(paymentId, 'warning_needs_response');
  expect((await newest('charge.dispute.created')).kind).toBe('other');
  stripe.decide(id, 'needs_response');
  expect(await newest('charge.dispute.updated')).toMatchObject({ kind: 'dispute', status: 'OPEN' });
});

test('a membership is renewed by payments of their own, which can be given back', async () => {
  const { subscriptionId } = await aMember();
  expect((await newest('invoice.paid')).kind).toBe('other');
  stripe.renew(subscriptionId);
  const renewed = await newest('invoice.paid');
  expect(renewed).toMatchObject({
    kind: 'renewed',
    subscriptionId,
    paid: { minor: 4900, currency: 'USD' },
    subscription: { status: 'ACTIVE' },
  });
  if (renewed.kind !== 'renewed') return;
  const refund = await stripeProvider.refund(ctx(), {
    paymentId: renewed.paymentId,
    amount: renewed.paid,
    reason: 'Asked for',
    key: newId(),
  });
  expect(refund.status).toBe('SUCCEEDED');
});

test('a failed renewal is told with its reason, and is nothing any more once it was paid', async () => {
  const { subscriptionId } = await aMember();
  stripe.renew(subscriptionId, false);
  expect(await newest('invoice.payment_failed')).toMatchObject({ kind: 'renewal-failed', subscriptionId, reason: 'expired_card' });
  expect(await newest('customer.subscription.updated')).toMatchObject({ kind: 'subscription', subscription: { status: 'PAST_DUE' } });
  stripe.shelf.get<Stripe.Invoice>('invoice', stripe.post.latest('invoice.payment_failed').data.object.id).status = 'paid';
  expect((await newest('invoice.payment_failed')).kind).not.toBe('renewal-failed');
});

test('a trial takes nothing at first, and each time thereafter the price', async () => {
  const order = aMembership({ total: { minor: 0, currency: 'USD' } }, 14);
  const { sessionId } = await stripeProvider.openSession(ctx(), order);
  stripe.pay(sessionId);
  const begun = await newest('checkout.session.completed');
  expect(begun).toMatchObject({ kind: 'paid', paid: { minor: 0, currency: 'USD' }, subscription: { status: 'TRIALING' } });
  if (begun.kind !== 'paid' || !begun.subscription) return;
  expect(begun.subscription.trialEndsAt).toEqual(begun.subscription.periodEnd);
  stripe.renew(begun.subscription.subscriptionId);
  expect(await newest('invoice.paid')).toMatchObject({ kind: 'renewed', paid: { minor: 4900 } });
});

test('a coupon makes the first time cheaper, and no other', async () => {
  const { sessionId } = await stripeProvider.openSession(ctx(), aMembership({ total: { minor: 1900, currency: 'USD' } }));
  stripe.pay(sessionId);
  expect(await newest('checkout.session.completed')).toMatchObject({ kind: 'paid', paid: { minor: 1900 } });
  stripe.renew(String(sessionOf(sessionId).subscription));
  expect(await newest('invoice.paid')).toMatchObject({ kind: 'renewed', paid: { minor: 4900 } });
});

test('a membership that was ended on Stripe’s own pages is taken up again', async () => {
  const { subscriptionId } = await aMember();
  const subscription = stripe.shelf.get<Stripe.Subscription>('subscription', subscriptionId);
  subscription.cancel_at = subscription.items.data[0]!.current_period_end;
  stripe.post.tell('customer.subscription.updated', subscription);
  expect(await newest('customer.subscription.updated')).toMatchObject({ subscription: { cancelAtPeriodEnd: true } });
  expect(await stripeProvider.setCancelAtPeriodEnd!(ctx(), subscriptionId, false)).toMatchObject({ cancelAtPeriodEnd: false });
});

test('who has never paid through Stripe has no pages there; who has is led to them', async () => {
  const dan = await school.make('dan@school.test');
  const returnUrl = 'http://localhost:3000/settings/membership';
  expect(await stripeProvider.portalUrl!(ctx(), { userId: dan.id, returnUrl })).toBeNull();
  await aPayment();
  expect(await stripeProvider.portalUrl!(ctx(), { userId: ada.id, returnUrl })).toMatch(/\/portal\/bps_/);
});

test('what is none of the shop’s is nothing, also where Stripe sends a sample', async () => {
  stripe.post.tell('customer.created', { id: 'cus_of_another_program', object: 'customer' });
  expect((await newest('customer.created')).kind).toBe('other');
  stripe.post.tell('checkout.session.completed', { id: 'cs_test_sample', object: 'checkout.session' });
  expect((await newest('checkout.session.completed')).kind).toBe('other');
});

test.each<[string, Sending, number]>([
  ['by another secret', { secret: 'whsec_of_somebody_else' }, 0],
  ['more than five minutes ago', { at: new Date(Date.now() - 320_000) }, 0],
  ['and then changed', { change: (body) => body.replace('cs_test', 'cs_evil') }, 0],
])('a message that was signed %s is refused, and Stripe is asked nothing', async (_, sending, asked) => {
  await aPayment();
  stripe.requests.length = 0;
  await expect(newest('checkout.session.completed', sending)).rejects.toMatchObject({ code: 'invalid' });
  expect(stripe.requests).toHaveLength(asked);
});

test('a message without any signature is refused', async () => {
  const { body } = stripe.post.sign(stripe.post.messages[0]!);
  await expect(stripeProvider.readWebhook!(ctx(), { body, headers: new Headers() })).rejects.toMatchObject({ code: 'invalid' });
});

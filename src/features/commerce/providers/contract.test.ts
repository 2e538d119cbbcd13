import type Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { type StripeServer, startStripe } from '../../../../tests/support/stripe-server.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import {
  anOrderAtStripe,
  aWaitingOrder,
  keepSession,
  type WaitingOrder,
  type WaitingWish,
} from '../../../../tests/support/waiting-order.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';
import { bankProvider } from './bank.ts';
import { demoPaid, demoPayment, demoProvider } from './demo.ts';
import type { PaymentProvider, ProviderEvent } from './provider.ts';
import { stripeProvider } from './stripe/stripe.ts';

const school = testSchool();
let stripe: StripeServer;

beforeAll(async () => {
  stripe = await startStripe();
});
afterAll(() => stripe?.stop());

/** A provider, and what happens outside the shop: the buyer pays, and the news of it come. */
interface Way {
  provider: PaymentProvider;
  pay(order: WaitingOrder, sessionId: string): Promise<ProviderEvent>;
}

const told = (type: string) => {
  const { body, headers } = stripe.post.sign(stripe.post.latest(type));
  return stripeProvider.readWebhook!(school.asGuest(), { body, headers: new Headers(headers) });
};

const ways: Way[] = [
  {
    provider: stripeProvider,
    pay: async (_order, sessionId) => {
      stripe.pay(sessionId);
      return told('checkout.session.completed');
    },
  },
  {
    provider: demoProvider,
    pay: async (_order, sessionId) => demoPaid((await demoPayment(school.asProgram(), sessionId))!, new Date()),
  },
  {
    provider: bankProvider,
    // An admin reads the account's statement, and says so.
    pay: async ({ id, payable }, sessionId) => ({
      ...{ kind: 'paid', eventId: `bank_paid_${id}`, type: 'bank.paid', happenedAt: new Date() },
      ...{ orderId: id, sessionId, paymentId: `bank_${id}`, paid: payable.total, subscription: null },
    }),
  },
];

const ctx = () => school.asProgram();

describe.each(ways.map((way) => ({ name: way.provider.name, way })))('$name', ({ name, way: { provider, pay } }) => {
  // Beside Stripe, the demo provider is not there.
  beforeAll(() => school.restart(provider === stripeProvider ? stripe.settings : {}));

  const open = async (wish: Partial<WaitingWish> = {}) => {
    const order = await aWaitingOrder(school.database, { provider: name, ...wish });
    const { sessionId, url } = await provider.openSession(ctx(), order.payable);
    await keepSession(school.database, order.id, sessionId);
    return { order, sessionId, url };
  };
  const apply = (event: ProviderEvent) => applyProviderEvent(ctx(), name, event);
  const paid = async (wish: Partial<WaitingWish> = {}) => {
    const { order, sessionId } = await open(wish);
    const event = await pay(order, sessionId);
    if (event.kind !== 'paid') throw new Error(`${name} says ${event.kind}`);
    return { order, sessionId, event };
  };
  const standingOf = async (order: WaitingOrder) => {
    const { rows } = await school.database.owner.query(
      `select o.status, (select count(*)::int from payments p where p.order_id = o.id and p.status = 'PAID') as payments from orders o where o.id = $1`,
      [order.id],
    );
    return rows[0];
  };

  test('opened twice, a payment is one', async () => {
    const { order, sessionId, url } = await open();
    expect(await provider.openSession(ctx(), order.payable)).toEqual({ sessionId, url });
    expect(URL.canParse(url)).toBe(true);
  });

  test('what nobody has paid is looked up as nothing', async () => {
    const { sessionId } = await open();
    expect((await provider.lookUp(ctx(), sessionId)).kind).toBe('other');
  });

  test('what is paid is paid once, however often and by whomever it is told', async () => {
    const { order, sessionId, event } = await paid();
    expect(event).toMatchObject({ orderId: order.id, sessionId, paid: order.payable.total, subscription: null });
    expect(await apply(event)).toBe('applied');
    expect(await apply(event)).toBe('already');
    expect(['already', 'ignored']).toContain(await apply(await provider.lookUp(ctx(), sessionId)));
    expect(await standingOf(order)).toEqual({ status: 'COMPLETED', payments: 1 });
  });

  test('another amount settles nothing', async () => {
    const { order, event } = await paid();
    const paidLess = { ...event.paid, minor: event.paid.minor - 1 };
    expect(await apply({ ...event, eventId: newId(), paid: paidLess })).toBe('refused');
    expect(await standingOf(order)).toEqual({ status: 'PENDING', payments: 0 });
  });

  test('money goes back in parts, and each part once for its key', async () => {
    const { event } = await paid();
    await apply(event);
    const refund = (key: string, minor: number) =>
      provider.refund(ctx(), { paymentId: event.paymentId, amount: { minor, currency: 'USD' }, reason: 'Asked for', key });
    const [first, second] = [newId(), newId()];
    const part = await refund(first, 900);
    expect(part.status).toBe('SUCCEEDED');
    expect(await refund(first, 900)).toEqual(part);
    const rest = await refund(second, 4000);
    expect(rest.refundId).not.toBe(part.refundId);
    expect(await refund(second, 4000)).toEqual(rest);
  });

  test('a session that was closed is paid no more', async () => {
    const { sessionId } = await open();
    await provider.closeSession(ctx(), sessionId);
    await provider.closeSession(ctx(), sessionId);
    expect(['expired', 'other']).toContain((await provider.lookUp(ctx(), sessionId)).kind);
  });

  if (!provider.takesMemberships) return;

  test('a membership begins with its order, is ended for the end of its time, and taken up again', async () => {
    const { order, event } = await paid({ product: { type: 'MEMBERSHIP', interval: 'YEAR', prices: { USD: 9900 } } });
    expect(event.subscription).toMatchObject({ status: 'ACTIVE', trialEndsAt: null, cancelAtPeriodEnd: false });
    expect(await apply(event)).toBe('applied');
    const { subscriptionId, periodStart, periodEnd } = event.subscription!;
    expect(Math.round((periodEnd.getTime() - periodStart.getTime()) / 86_400_000)).toBeGreaterThanOrEqual(365);
    expect(await standingOf(order)).toEqual({ status: 'COMPLETED', payments: 1 });
    for (const cancel of [true, true, false])
      expect(await provider.setCancelAtPeriodEnd!(ctx(), subscriptionId, cancel)).toMatchObject({
        subscriptionId,
        cancelAtPeriodEnd: cancel,
      });
  });

  test('a trial costs nothing at first', async () => {
    const { order, event } = await paid({ product: { type: 'MEMBERSHIP', trialDays: 14, prices: { USD: 9900 } } });
    expect(event).toMatchObject({ paid: { minor: 0, currency: 'USD' }, subscription: { status: 'TRIALING' } });
    expect(event.subscription?.trialEndsAt).toEqual(event.subscription?.periodEnd);
    expect(await apply(event)).toBe('applied');
    expect(await standingOf(order)).toEqual({ status: 'COMPLETED', payments: 1 });
  });
});

describe('stripe, beyond what each can', () => {
  beforeAll(() => school.restart(stripe.settings));

  const ofMembership = async () => {
    const { order, sessionId } = await anOrderAtStripe(school.database, ctx(), { product: { type: 'MEMBERSHIP', prices: { USD: 900 } } });
    stripe.pay(sessionId);
    await applyProviderEvent(ctx(), 'stripe', await told('checkout.session.completed'));
    return { order, subscriptionId: String(stripe.shelf.get<Stripe.Checkout.Session>('checkout.session', sessionId).subscription) };
  };
  const membershipOf = async (subscriptionId: string) =>
    (
      await school.database.owner.query(
        `select s.status, (select count(*)::int from orders o where o.subscription_id = s.id and o.status = 'COMPLETED') as orders
           from subscriptions s where s.provider_subscription_id = $1`,
        [subscriptionId],
      )
    ).rows[0];

  test('closed at Stripe, a session cannot be paid there', async () => {
    const { sessionId } = await anOrderAtStripe(school.database, ctx());
    await stripeProvider.closeSession(ctx(), sessionId);
    expect(() => stripe.pay(sessionId)).toThrow(/status of expired/);
  });

  test('a membership renews with an order of its own, however often it is told', async () => {
    const { subscriptionId } = await ofMembership();
    stripe.renew(subscriptionId);
    const renewed = await told('invoice.paid');
    expect([await applyProviderEvent(ctx(), 'stripe', renewed), await applyProviderEvent(ctx(), 'stripe', renewed)]).toEqual([
      'applied',
      'already',
    ]);
    await applyProviderEvent(ctx(), 'stripe', await told('customer.subscription.updated'));
    expect(await membershipOf(subscriptionId)).toEqual({ status: 'ACTIVE', orders: 2 });
  });

  test('a renewal that fails leaves the membership waiting for its money; ended at Stripe, it is over', async () => {
    const { subscriptionId } = await ofMembership();
    const nextMonth = new Date(Date.now() + 31 * 86_400_000);
    const apply = (event: ProviderEvent) => applyProviderEvent(school.asProgram(nextMonth), 'stripe', { ...event, happenedAt: nextMonth });
    stripe.renew(subscriptionId, false);
    await apply(await told('invoice.payment_failed'));
    expect(await membershipOf(subscriptionId)).toEqual({ status: 'PAST_DUE', orders: 1 });
    stripe.end(subscriptionId);
    await apply(await told('customer.subscription.deleted'));
    expect(await membershipOf(subscriptionId)).toEqual({ status: 'CANCELLED', orders: 1 });
  });
});

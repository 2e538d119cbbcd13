import type Stripe from 'stripe';
import { stripeCustomerOf } from '#features/accounts/index.server.ts';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import type { PaymentProvider, ProviderEvent } from '../provider.ts';
import { amountAtStripe } from './amounts.ts';
import { askStripe, isMissing } from './client.ts';
import { type Happening, happeningOfSession } from './happenings.ts';
import { openStripeSession } from './open-session.ts';
import { readStripeWebhook } from './read-webhook.ts';
import { subscriptionInWords } from './subscription.ts';

const refundStatuses: Record<string, 'SUCCEEDED' | 'FAILED'> = { succeeded: 'SUCCEEDED', failed: 'FAILED', canceled: 'FAILED' };

/** Cards, wallets and bank debits through Stripe's own pages. */
export const stripeProvider: PaymentProvider = {
  name: 'stripe',
  title: 'Stripe',
  takesMemberships: true,
  // Stripe keeps its page open for 30 minutes at the least.
  minutesToPay: 60,
  openSession: openStripeSession,
  readWebhook: readStripeWebhook,

  async lookUp(ctx, sessionId): Promise<ProviderEvent> {
    const happening = await lookedUp(ctx, (stripe) => happeningOfSession(stripe, sessionId));
    return {
      eventId: `${sessionId}:${happening?.kind ?? 'missing'}`,
      type: 'lookup',
      happenedAt: ctx.now,
      ...(happening ?? { kind: 'other' }),
    };
  },

  async closeSession(ctx, sessionId) {
    const happening = await lookedUp(ctx, async (stripe) => {
      const { status } = await stripe.checkout.sessions.retrieve(sessionId);
      if (status === 'open') await stripe.checkout.sessions.expire(sessionId);
      return happeningOfSession(stripe, sessionId);
    });
    if (happening?.kind === 'paid' || happening?.kind === 'other')
      throw new AppError('conflict', 'This order is paid, or its money is on the way.');
  },

  async refund(ctx, { paymentId, amount, reason, key }) {
    const minor = amountAtStripe(amount);
    if (minor === null) throw new AppError('invalid', 'Stripe cannot give back such an amount. Choose one without the last decimal.');
    const refund = await askStripe(ctx, async (stripe) => {
      // Stripe forgets keys after a day; what it has given back it remembers.
      const { data } = await stripe.refunds.list({ payment_intent: paymentId, limit: 100 });
      const known = data.find(({ metadata }) => metadata?.lyceum_refund === key);
      const metadata = { lyceum_refund: key, reason: reason.slice(0, 500) };
      return known ?? stripe.refunds.create({ payment_intent: paymentId, amount: minor, metadata }, { idempotencyKey: `refund:${key}` });
    });
    return { refundId: refund.id, status: refundStatuses[refund.status ?? ''] ?? 'PENDING' };
  },

  async setCancelAtPeriodEnd(ctx, subscriptionId, cancel) {
    const subscription = await askStripe(ctx, async (stripe) => {
      const known = await stripe.subscriptions.retrieve(subscriptionId);
      // Stripe's own pages set a day instead, and that is taken back by itself.
      const isByDay = known.cancel_at !== null && !known.cancel_at_period_end;
      return stripe.subscriptions.update(subscriptionId, !cancel && isByDay ? { cancel_at: '' } : { cancel_at_period_end: cancel });
    });
    return subscriptionInWords(subscription);
  },

  async portalUrl(ctx, { userId, returnUrl }) {
    const customer = await stripeCustomerOf(ctx, { userId });
    if (!customer) return null;
    try {
      const { url } = await askStripe(ctx, (stripe) => stripe.billingPortal.sessions.create({ customer, return_url: returnUrl }));
      return url;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  },
};

/** Asks about a session; undefined where Stripe knows none of that name, as after a change from test to live keys: nobody can pay it. */
async function lookedUp(ctx: Context, ask: (stripe: Stripe) => Promise<Happening>): Promise<Happening | undefined> {
  try {
    return await askStripe(ctx, ask);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

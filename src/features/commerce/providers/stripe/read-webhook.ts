import type Stripe from 'stripe';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import type { ProviderEvent } from '../provider.ts';
import { askStripe, isMissing, isStripeError, stripeClient, stripeSettings } from './client.ts';
import {
  type Happening,
  happeningOfDispute,
  happeningOfInvoice,
  happeningOfRefund,
  happeningOfRefundedCharge,
  happeningOfSession,
  happeningOfSubscription,
} from './happenings.ts';
import { momentOf } from './subscription.ts';

/** How old a message may be. */
const toleranceSeconds = 300;

/** How each kind of message is looked into. Whatever is not here is nothing of the shop's. */
const readers: Record<string, (stripe: Stripe, event: Stripe.Event) => Promise<Happening>> = {
  'checkout.session.completed': by(happeningOfSession),
  'checkout.session.async_payment_succeeded': by(happeningOfSession),
  'checkout.session.async_payment_failed': by(happeningOfSession),
  'checkout.session.expired': by(happeningOfSession),
  'charge.refunded': (stripe, event) => happeningOfRefundedCharge(stripe, objectOf(event).id, newlyRefunded(event)),
  'refund.created': by(happeningOfRefund),
  'refund.updated': by(happeningOfRefund),
  'refund.failed': by(happeningOfRefund),
  'charge.dispute.created': by(happeningOfDispute),
  'charge.dispute.updated': by(happeningOfDispute),
  'charge.dispute.closed': by(happeningOfDispute),
  'invoice.paid': by(happeningOfInvoice),
  'invoice.payment_failed': by(happeningOfInvoice),
  'customer.subscription.updated': by(happeningOfSubscription),
  'customer.subscription.deleted': by(happeningOfSubscription),
};

/**
 * Reads a message of Stripe. It says that something happened, and where; what has become of it is asked of Stripe. So neither the order in which messages
 * come nor the version in which an endpoint writes them can change what is true.
 */
export async function readStripeWebhook(ctx: Context, { body, headers }: { body: string; headers: Headers }): Promise<ProviderEvent> {
  const event = await signedEvent(ctx, body, headers.get('stripe-signature') ?? '');
  return { eventId: event.id, type: event.type, happenedAt: momentOf(event.created), ...(await happeningOf(ctx, event)) };
}

async function signedEvent(ctx: Context, body: string, signature: string): Promise<Stripe.Event> {
  const { webhooks } = await stripeClient();
  const receivedAt = ctx.now.getTime();
  try {
    return await webhooks.constructEventAsync(body, signature, stripeSettings().webhookSecret, toleranceSeconds, undefined, receivedAt);
  } catch (error) {
    if (!isStripeError(error)) throw error;
    throw new AppError('invalid', 'This message is not signed by Stripe, or was signed too long ago.', { cause: error });
  }
}

async function happeningOf(ctx: Context, event: Stripe.Event): Promise<Happening> {
  const read = readers[event.type];
  if (!read) return { kind: 'other' };
  try {
    return await askStripe(ctx, (stripe) => read(stripe, event));
  } catch (error) {
    // Samples that are sent from Stripe's pages speak of things that never were.
    if (isMissing(error)) return { kind: 'other' };
    throw error;
  }
}

function by(read: (stripe: Stripe, id: string) => Promise<Happening>) {
  return (stripe: Stripe, event: Stripe.Event) => read(stripe, objectOf(event).id);
}

function objectOf(event: Stripe.Event): { id: string } {
  return event.data.object as { id: string };
}

function newlyRefunded({ data }: Stripe.Event): number | undefined {
  const [now, before] = [data.object, data.previous_attributes] as { amount_refunded?: number }[];
  return now?.amount_refunded === undefined || before?.amount_refunded === undefined
    ? undefined
    : now.amount_refunded - before.amount_refunded;
}

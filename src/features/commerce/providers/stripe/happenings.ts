import type Stripe from 'stripe';
import type { ProviderEvent } from '../provider.ts';
import { moneyFromStripe } from './amounts.ts';
import { orderKey } from './open-session.ts';
import { subscriptionInWords } from './subscription.ts';

type WithoutHeader<Event> = Event extends unknown ? Omit<Event, 'eventId' | 'type' | 'happenedAt'> : never;

/** What happened, without who told when. */
export type Happening = WithoutHeader<ProviderEvent>;

const nothing: Happening = { kind: 'other' };

/** What has become of a session, as Stripe has it now. */
export async function happeningOfSession(stripe: Stripe, id: string): Promise<Happening> {
  const session = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent', 'subscription', 'invoice.payments'] });
  const orderId = session.metadata?.[orderKey];
  if (!orderId) return nothing;
  if (session.status === 'expired') return { kind: 'expired', orderId, sessionId: id };
  if (session.status !== 'complete') return nothing;
  const intent = whole(session.payment_intent);
  if (session.payment_status === 'unpaid') {
    // The money was on its way, as a bank's debit is, and has not come.
    const isOver = intent?.status === 'requires_payment_method' || intent?.status === 'canceled';
    return isOver ? { kind: 'failed', orderId, sessionId: id, reason: reasonOf(intent) } : nothing;
  }
  const paid = moneyFromStripe(session.amount_total ?? 0, session.currency ?? '');
  if (!paid) throw new Error(`Stripe’s session ${id} was paid with ${session.amount_total} ${session.currency}`);
  const invoice = whole(session.invoice);
  const subscription = whole(session.subscription);
  return {
    kind: 'paid',
    orderId,
    sessionId: id,
    paymentId: intent?.id ?? (invoice && paymentOfInvoice(invoice)) ?? id,
    paid,
    subscription: subscription && subscriptionInWords(subscription),
  };
}

/** What has become of a refund. */
export async function happeningOfRefund(stripe: Stripe, id: string): Promise<Happening> {
  const refund = await stripe.refunds.retrieve(id);
  const paymentId = idOf(refund.payment_intent);
  const refunded = moneyFromStripe(refund.amount, refund.currency);
  if (!paymentId || !refunded) return nothing;
  if (refund.status === 'succeeded') return { kind: 'refunded', paymentId, refundId: id, refunded };
  if (refund.status !== 'failed' && refund.status !== 'canceled') return nothing;
  return { kind: 'refund-failed', paymentId, refundId: id, reason: refund.failure_reason ?? refund.status };
}

/** The refund that a charge tells of: of what it has given back, the part that is new, or else the newest. */
export async function happeningOfRefundedCharge(stripe: Stripe, chargeId: string, newAmount: number | undefined): Promise<Happening> {
  const { data } = await stripe.refunds.list({ charge: chargeId, limit: 100 });
  const done = data.filter(({ status }) => status === 'succeeded');
  const refund = done.find(({ amount }) => amount === newAmount) ?? done[0];
  return refund ? happeningOfRefund(stripe, refund.id) : nothing;
}

/** What has become of a dispute. A bank that only asks, and an appeal that is not decided, have moved no money. */
export async function happeningOfDispute(stripe: Stripe, id: string): Promise<Happening> {
  const dispute = await stripe.disputes.retrieve(id);
  const paymentId = idOf(dispute.payment_intent);
  const disputed = moneyFromStripe(dispute.amount, dispute.currency);
  const status = disputeStatuses[dispute.status];
  if (!paymentId || !disputed || !status) return nothing;
  return { kind: 'dispute', paymentId, disputeId: id, disputed, reason: dispute.reason, status };
}

const disputeStatuses: Record<string, 'OPEN' | 'WON' | 'LOST'> = {
  needs_response: 'OPEN',
  under_review: 'OPEN',
  won: 'WON',
  lost: 'LOST',
};

/** What has become of an invoice of a running membership. Its first one is the checkout's to tell. */
export async function happeningOfInvoice(stripe: Stripe, id: string): Promise<Happening> {
  const invoice = await stripe.invoices.retrieve(id, { expand: ['payments.data.payment.payment_intent'] });
  const subscriptionId = idOf(invoice.parent?.subscription_details?.subscription ?? null);
  if (!subscriptionId || invoice.billing_reason === 'subscription_create') return nothing;
  const subscription = await stripe.subscriptions.retrieve(subscriptionId);
  if (!subscription.metadata[orderKey]) return nothing;
  if (invoice.status !== 'paid') {
    const intent = invoice.payments?.data.map(({ payment }) => whole(payment.payment_intent ?? null)).find((intent) => intent !== null);
    return { kind: 'renewal-failed', subscriptionId, reason: reasonOf(intent ?? null) };
  }
  const paid = moneyFromStripe(invoice.amount_paid, invoice.currency);
  if (!paid || paid.minor === 0) return { kind: 'subscription', subscription: subscriptionInWords(subscription) };
  return { kind: 'renewed', subscriptionId, paymentId: paymentOfInvoice(invoice), paid, subscription: subscriptionInWords(subscription) };
}

/** How a membership stands. */
export async function happeningOfSubscription(stripe: Stripe, id: string): Promise<Happening> {
  const subscription = await stripe.subscriptions.retrieve(id);
  return subscription.metadata[orderKey] ? { kind: 'subscription', subscription: subscriptionInWords(subscription) } : nothing;
}

/** By what refunds and disputes will name the payment; an invoice over nothing has none, and stands for itself. */
function paymentOfInvoice(invoice: Stripe.Invoice): string {
  const paid = invoice.payments?.data.find(({ status }) => status === 'paid') ?? invoice.payments?.data[0];
  return idOf(paid?.payment.payment_intent ?? null) ?? invoice.id;
}

function reasonOf(intent: Stripe.PaymentIntent | null): string {
  return intent?.last_payment_error?.decline_code ?? intent?.last_payment_error?.code ?? 'not-paid';
}

function idOf(reference: string | { id: string } | null): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null);
}

/** What was asked for whole came whole. */
function whole<Thing extends { id: string }>(reference: string | Thing | null): Thing | null {
  return typeof reference === 'string' ? null : reference;
}

import type Stripe from 'stripe';
import { charge } from './charges.ts';
import { type Form, textAt, textsAt } from './form.ts';
import type { Post } from './post.ts';
import { StripeRefusal } from './refusal.ts';
import type { Shelf } from './shelf.ts';

type Subscription = Stripe.Subscription;

const daySeconds = 86_400;
const periodSeconds = { month: 30 * daySeconds, year: 365 * daySeconds };

/** Begins what a session in the mode `subscription` was paid for. */
export function beginSubscription(shelf: Shelf, post: Post, session: Stripe.Checkout.Session, form: Form): void {
  const line = 'line_items.0.price_data';
  const interval = textAt(form, `${line}.recurring.interval`) === 'year' ? 'year' : 'month';
  const price = Number(textAt(form, `${line}.unit_amount`));
  const trialDays = Number(textAt(form, 'subscription_data.trial_period_days') ?? 0);
  const now = Math.floor(Date.now() / 1000);
  const end = now + (trialDays ? trialDays * daySeconds : periodSeconds[interval]);
  const data = form.subscription_data;
  const subscription = shelf.put<Subscription>('subscription', 'sub', {
    status: trialDays ? 'trialing' : 'active',
    customer: String(session.customer),
    currency: session.currency ?? '',
    metadata: typeof data === 'object' && !Array.isArray(data) ? textsAt(data, 'metadata') : {},
    ...{ trial_start: trialDays ? now : null, trial_end: trialDays ? end : null, ended_at: null, canceled_at: null },
    ...{ cancel_at: null, cancel_at_period_end: false },
    items: { object: 'list', data: [], has_more: false, url: '/v1/subscription_items' },
  });
  const item = shelf.put<Stripe.SubscriptionItem>('subscription_item', 'si', {
    ...{ subscription: subscription.id, current_period_start: now, current_period_end: end, quantity: 1 },
    price: { unit_amount: price, currency: session.currency, recurring: { interval } } as Stripe.Price,
  });
  subscription.items.data.push(item);
  session.subscription = subscription.id;
  session.invoice = bill(shelf, post, subscription, { reason: 'subscription_create', amount: session.amount_total ?? 0, isPaid: true }).id;
  post.tell('customer.subscription.created', subscription);
}

/** Lets a period end and the next begin: it is paid, or the card is declined. */
export function renew(shelf: Shelf, post: Post, id: string, isPaid: boolean): void {
  const subscription = shelf.get<Subscription>('subscription', id);
  const [item] = subscription.items.data;
  if (!item) throw new Error(`${id} is of nothing`);
  const interval = item.price.recurring?.interval === 'year' ? 'year' : 'month';
  const before = { status: subscription.status };
  item.current_period_start = item.current_period_end;
  item.current_period_end += periodSeconds[interval];
  subscription.status = isPaid ? 'active' : 'past_due';
  bill(shelf, post, subscription, { reason: 'subscription_cycle', amount: item.price.unit_amount ?? 0, isPaid });
  post.tell('customer.subscription.updated', subscription, before);
}

/** Ends a membership for good. */
export function end(shelf: Shelf, post: Post, id: string): void {
  const subscription = shelf.get<Subscription>('subscription', id);
  const now = Math.floor(Date.now() / 1000);
  Object.assign(subscription, { status: 'canceled', canceled_at: now, ended_at: now });
  post.tell('customer.subscription.deleted', subscription);
}

/** Changes a membership, as `POST /v1/subscriptions/…` does: when it ends is all that can be changed here. */
export function changeSubscription(shelf: Shelf, post: Post, id: string, form: Form): Subscription {
  const subscription = shelf.get<Subscription>('subscription', id);
  const [atEnd, day] = [textAt(form, 'cancel_at_period_end'), textAt(form, 'cancel_at')];
  if (atEnd !== undefined && day) throw new StripeRefusal('You may only specify one of these parameters: cancel_at_period_end, cancel_at.');
  if (subscription.status === 'canceled')
    throw new StripeRefusal('A canceled subscription can only update its cancellation_details and metadata.');
  const before = { cancel_at_period_end: subscription.cancel_at_period_end };
  if (atEnd !== undefined) {
    subscription.cancel_at_period_end = atEnd === 'true';
    subscription.cancel_at = atEnd === 'true' ? (subscription.items.data[0]?.current_period_end ?? null) : null;
  } else if (day !== undefined) subscription.cancel_at = day === '' ? null : Number(day);
  post.tell('customer.subscription.updated', subscription, before);
  return subscription;
}

function bill(
  shelf: Shelf,
  post: Post,
  subscription: Subscription,
  due: { reason: string; amount: number; isPaid: boolean },
): Stripe.Invoice {
  const { currency, customer } = subscription;
  const invoice = shelf.put<Stripe.Invoice>('invoice', 'in', {
    ...{ billing_reason: due.reason, currency, customer: customer as string, status: due.isPaid ? 'paid' : 'open' },
    ...{ amount_due: due.amount, amount_paid: due.isPaid ? due.amount : 0, total: due.amount },
    parent: {
      type: 'subscription_details',
      quote_details: null,
      subscription_details: { subscription: subscription.id, metadata: subscription.metadata },
    },
  });
  delete invoice.payments;
  if (due.amount > 0) payBill(shelf, post, invoice, due.isPaid);
  post.tell(due.isPaid ? 'invoice.paid' : 'invoice.payment_failed', invoice);
  return invoice;
}

function payBill(shelf: Shelf, post: Post, invoice: Stripe.Invoice, isPaid: boolean): void {
  const intent = shelf.put<Stripe.PaymentIntent>('payment_intent', 'pi', {
    ...{ amount: invoice.amount_due, currency: invoice.currency, customer: invoice.customer as string, latest_charge: null },
    status: isPaid ? 'succeeded' : 'requires_payment_method',
    last_payment_error: isPaid ? null : ({ type: 'card_error', code: 'card_declined', decline_code: 'expired_card' } as never),
  });
  shelf.put<Stripe.InvoicePayment>('invoice_payment', 'inpay', {
    ...{ invoice: invoice.id, currency: invoice.currency, is_default: true, amount_requested: invoice.amount_due },
    ...{ status: isPaid ? 'paid' : 'open', payment: { type: 'payment_intent', payment_intent: intent.id } },
  });
  if (isPaid) charge(shelf, post, intent.id);
}

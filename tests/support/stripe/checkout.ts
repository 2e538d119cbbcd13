import type Stripe from 'stripe';
import { amountOf, charge } from './charges.ts';
import { type Form, textAt, textsAt } from './form.ts';
import type { Post } from './post.ts';
import { StripeRefusal } from './refusal.ts';
import type { Shelf } from './shelf.ts';
import { beginSubscription } from './subscriptions.ts';

type Session = Stripe.Checkout.Session;

const least: Record<string, number> = { usd: 50, eur: 50, gbp: 30, jpy: 50 };

/** Opens a session, as `POST /v1/checkout/sessions` does. */
export function openSession(shelf: Shelf, url: string, form: Form): Session {
  const mode = textAt(form, 'mode') as Session['mode'];
  const customer = textAt(form, 'customer') ?? null;
  if (customer) shelf.get('customer', customer, 'customer');
  const now = Math.floor(Date.now() / 1000);
  const expiresAt = Number(textAt(form, 'expires_at') ?? now + 86_400);
  if (expiresAt < now + 1800 || expiresAt > now + 86_400)
    throw new StripeRefusal('The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.', {
      param: 'expires_at',
    });
  const currency = textAt(form, 'line_items.0.price_data.currency') ?? '';
  const price = amountOf(form, 'line_items.0.price_data.unit_amount', currency);
  const couponId = textAt(form, 'discounts.0.coupon');
  const off = couponId ? (shelf.get<Stripe.Coupon>('coupon', couponId, 'coupon').amount_off ?? 0) : 0;
  const isTrial = textAt(form, 'subscription_data.trial_period_days') !== undefined;
  const total = isTrial ? 0 : Math.max(0, price - off);
  if (total > 0 && total < (least[currency] ?? 1)) throw new StripeRefusal('Amount is too small.', { code: 'amount_too_small' });
  const session = shelf.put<Session>('checkout.session', 'cs_test', {
    mode,
    customer,
    status: 'open',
    payment_status: 'unpaid',
    amount_subtotal: price,
    amount_total: total,
    currency,
    client_reference_id: textAt(form, 'client_reference_id') ?? null,
    expires_at: expiresAt,
    success_url: textAt(form, 'success_url') ?? null,
    cancel_url: textAt(form, 'cancel_url') ?? null,
    metadata: textsAt(form, 'metadata'),
    payment_intent: null,
    subscription: null,
    invoice: null,
    currency_conversion: null,
  });
  session.url = `${url}/pay/${session.id}`;
  orders.set(session, form);
  return session;
}

/** What each session was asked for. */
const orders = new WeakMap<Session, Form>();

/** How a buyer pays: at once, with a card that is declined, or by a bank that takes days. */
export type Paying = 'now' | 'declined' | 'later';

/** Does what a buyer does at a session's page. */
export function pay(shelf: Shelf, post: Post, id: string, how: Paying): void {
  const session = openOnly(shelf, id);
  const form = orders.get(session) ?? {};
  if (how === 'declined') {
    const intent = intentOf(shelf, session, { status: 'requires_payment_method', last_payment_error: declined });
    post.tell('payment_intent.payment_failed', intent);
    return;
  }
  session.status = 'complete';
  if (session.mode === 'subscription') beginSubscription(shelf, post, session, form);
  else session.payment_intent = intentOf(shelf, session, { status: how === 'later' ? 'processing' : 'succeeded' }).id;
  session.payment_status = how === 'later' ? 'unpaid' : session.amount_total === 0 ? 'no_payment_required' : 'paid';
  if (how === 'now' && typeof session.payment_intent === 'string') charge(shelf, post, session.payment_intent);
  post.tell('checkout.session.completed', session);
}

/** Lets the bank bring the money that was on its way, or not. */
export function settle(shelf: Shelf, post: Post, id: string, outcome: 'paid' | 'failed'): void {
  const session = shelf.get<Session>('checkout.session', id);
  const intent = shelf.get<Stripe.PaymentIntent>('payment_intent', String(session.payment_intent));
  if (outcome === 'failed') {
    Object.assign(intent, { status: 'requires_payment_method', last_payment_error: declined });
    post.tell('checkout.session.async_payment_failed', session);
    return;
  }
  intent.status = 'succeeded';
  session.payment_status = 'paid';
  charge(shelf, post, intent.id);
  post.tell('checkout.session.async_payment_succeeded', session);
}

/** Closes an open session, as the clock or `POST …/expire` does. */
export function expire(shelf: Shelf, post: Post, id: string): Session {
  const session = openOnly(shelf, id);
  Object.assign(session, { status: 'expired', url: null });
  post.tell('checkout.session.expired', session);
  return session;
}

function openOnly(shelf: Shelf, id: string): Session {
  const session = shelf.get<Session>('checkout.session', id);
  if (session.status !== 'open')
    throw new StripeRefusal(
      `Only Checkout Sessions with a status in ["open"] can be expired. This session has a status of ${session.status}.`,
    );
  return session;
}

const declined = {
  type: 'card_error',
  code: 'card_declined',
  decline_code: 'insufficient_funds',
  message: 'Your card has insufficient funds.',
};

function intentOf(shelf: Shelf, session: Session, parts: object): Stripe.PaymentIntent {
  return shelf.put<Stripe.PaymentIntent>('payment_intent', 'pi', {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    customer: session.customer,
    metadata: session.metadata ?? {},
    last_payment_error: null,
    latest_charge: null,
    ...parts,
  });
}

import type Stripe from 'stripe';
import { type Form, textAt } from './form.ts';
import type { Post } from './post.ts';
import { missing, StripeRefusal } from './refusal.ts';
import type { Shelf } from './shelf.ts';

const steps: Record<string, number> = { bhd: 10, jod: 10, kwd: 10, omr: 10, tnd: 10, isk: 100, ugx: 100 };

/** A whole number that Stripe would take as an amount of a currency. */
export function amountOf(form: Form, path: string, currency: string): number {
  const given = textAt(form, path) ?? '';
  if (!/^\d+$/.test(given)) throw new StripeRefusal(`Invalid integer: ${given}`, { code: 'parameter_invalid_integer', param: path });
  const amount = Number(given);
  if (amount % (steps[currency] ?? 1) !== 0) throw new StripeRefusal(`Invalid ${currency} amount: ${amount}`, { param: path });
  return amount;
}

/** Takes the money of a payment. */
export function charge(shelf: Shelf, post: Post, intentId: string): void {
  const intent = shelf.get<Stripe.PaymentIntent>('payment_intent', intentId);
  const { amount, currency, customer } = intent;
  const made = shelf.put<Stripe.Charge>('charge', 'ch', {
    ...{ amount, currency, amount_captured: amount, amount_refunded: 0, captured: true, paid: true, status: 'succeeded' },
    customer: customer as string | null,
    payment_intent: intentId,
    refunded: false,
    disputed: false,
  });
  Object.assign(intent, { latest_charge: made.id, amount_received: amount });
  post.tell('payment_intent.succeeded', intent);
  post.tell('charge.succeeded', made);
}

/** The charge of a payment that was made. */
export function chargeOf(shelf: Shelf, intentId: string): Stripe.Charge {
  const { latest_charge } = shelf.get<Stripe.PaymentIntent>('payment_intent', intentId, 'payment_intent');
  if (typeof latest_charge !== 'string') throw missing('charge', intentId);
  return shelf.get<Stripe.Charge>('charge', latest_charge);
}

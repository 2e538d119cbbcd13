import type Stripe from 'stripe';
import { amountOf, chargeOf } from './charges.ts';
import { type Form, textAt, textsAt } from './form.ts';
import type { Post } from './post.ts';
import { StripeRefusal } from './refusal.ts';
import type { Shelf } from './shelf.ts';

/** Gives money of a payment back, as `POST /v1/refunds` does; where the bank is slow, the refund is pending at first. */
export function refund(shelf: Shelf, post: Post, form: Form, isSlow: boolean): Stripe.Refund {
  const paymentId = textAt(form, 'payment_intent') ?? '';
  const charge = chargeOf(shelf, paymentId);
  const left = charge.amount - charge.amount_refunded;
  const amount = textAt(form, 'amount') === undefined ? left : amountOf(form, 'amount', charge.currency);
  if (left === 0) throw new StripeRefusal(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  if (amount > left || amount < 1)
    throw new StripeRefusal(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' });
  const made = shelf.put<Stripe.Refund>('refund', 're', {
    ...{ amount, currency: charge.currency, charge: charge.id, payment_intent: paymentId, metadata: textsAt(form, 'metadata') },
    status: isSlow ? 'pending' : 'succeeded',
  });
  const before = { amount_refunded: charge.amount_refunded };
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  post.tell('refund.created', made);
  post.tell('charge.refunded', charge, before);
  return made;
}

/** Says what has become of a refund that was pending. */
export function endRefund(shelf: Shelf, post: Post, id: string, outcome: 'succeeded' | 'failed'): void {
  const made = shelf.get<Stripe.Refund>('refund', id);
  const before = { status: made.status };
  made.status = outcome;
  if (outcome === 'failed') {
    made.failure_reason = 'lost_or_stolen_card';
    chargeOf(shelf, String(made.payment_intent)).amount_refunded -= made.amount;
    post.tell('refund.failed', made);
  }
  post.tell('refund.updated', made, before);
}

/** Lets the buyer's bank call a payment back, or only ask about it. */
export function dispute(shelf: Shelf, post: Post, paymentId: string, status: Stripe.Dispute.Status = 'needs_response'): Stripe.Dispute {
  const charge = chargeOf(shelf, paymentId);
  charge.disputed = true;
  const made = shelf.put<Stripe.Dispute>('dispute', 'dp', {
    ...{ amount: charge.amount, currency: charge.currency, charge: charge.id, payment_intent: paymentId, reason: 'fraudulent', status },
  });
  post.tell('charge.dispute.created', made);
  return made;
}

/** Decides a dispute. */
export function decide(shelf: Shelf, post: Post, id: string, status: Stripe.Dispute.Status): void {
  const made = shelf.get<Stripe.Dispute>('dispute', id);
  const before = { status: made.status };
  made.status = status;
  const isOver = ['won', 'lost', 'warning_closed', 'prevented'].includes(status);
  post.tell(isOver ? 'charge.dispute.closed' : 'charge.dispute.updated', made, before);
}

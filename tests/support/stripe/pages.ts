import type Stripe from 'stripe';
import { formatMoney } from '#platform/money.ts';
import { moneyFromStripe } from '../../../src/features/commerce/providers/stripe/amounts.ts';

const page = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<link rel="icon" href="data:,"></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The page of a session, at which a buyer pays, is declined, lets a bank bring the money, or goes back. */
export function checkoutPage(session: Stripe.Checkout.Session, wasDeclined: boolean): string {
  if (session.status !== 'open') return page('This checkout is over', '<p>You can close this page.</p>');
  const amount = moneyFromStripe(session.amount_total ?? 0, session.currency ?? '');
  const button = (how: string, words: string) => `<button name="how" value="${how}">${words}</button>`;
  return page(
    `Pay ${amount ? formatMoney(amount, 'en') : ''}`,
    `${wasDeclined ? '<p role="alert">Your card was declined.</p>' : ''}
     <form method="post">${button('now', 'Pay')} ${button('declined', 'Pay with a card that is declined')} ${button('later', 'Pay by bank debit')}</form>
     <p><a href="${escaped(session.cancel_url ?? '')}">Back</a></p>`,
  );
}

/** The page where buyers would change their card. */
export function portalPage(session: Stripe.BillingPortal.Session): string {
  return page('Manage your billing', `<p><a href="${escaped(session.return_url ?? '')}">Return</a></p>`);
}

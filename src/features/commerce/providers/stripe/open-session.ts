import type Stripe from 'stripe';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { formatMoney, type Money } from '#platform/money.ts';
import type { PayableOrder, PaymentSession } from '../provider.ts';
import { amountAtStripe } from './amounts.ts';
import { askStripe, isStripeError } from './client.ts';
import { withCustomer } from './customer.ts';

const minuteMs = 60_000;

/** Under which an order's id stands in whatever Stripe keeps for it. */
export const orderKey = 'lyceum_order';

/** Opens Stripe's own page for an order, once: the key of the payment makes a second request the first one's. */
export function openStripeSession(ctx: Context, order: PayableOrder): Promise<PaymentSession> {
  return withCustomer(ctx, order.buyer, async (customer) => {
    const session = await askStripe(ctx, async (stripe) =>
      stripe.checkout.sessions.create(
        { ...(await sessionOf(ctx, stripe, order)), customer },
        { idempotencyKey: `checkout:${order.paymentId}:${customer}` },
      ),
    ).catch((error) => openOne(ctx, { customer, orderId: order.orderId }, error));
    if (!session.url) throw new Error(`Stripe gave no address for the session ${session.id}`);
    return { sessionId: session.id, url: session.url };
  });
}

/** The order's session where its key was used with other words, since the hour or the buyer's name has changed meanwhile. */
async function openOne(ctx: Context, { customer, orderId }: { customer: string; orderId: string }, error: unknown) {
  if (!isStripeError(error) || error.type !== 'StripeIdempotencyError') throw error;
  const { data } = await askStripe(ctx, (stripe) => stripe.checkout.sessions.list({ customer, limit: 100 }));
  const session = data.find(({ status, metadata }) => status === 'open' && metadata?.[orderKey] === orderId);
  if (!session) throw new AppError('conflict', 'The payment of this order is over. Order again to pay.', { cause: error });
  return session;
}

async function sessionOf(ctx: Context, stripe: Stripe, order: PayableOrder): Promise<Stripe.Checkout.SessionCreateParams> {
  const metadata = { [orderKey]: order.orderId, order_number: order.orderNumber };
  const common = {
    client_reference_id: order.orderId,
    metadata,
    success_url: order.returnUrl,
    cancel_url: order.cancelUrl,
    expires_at: Math.ceil(withinBounds(order.expiresAt, ctx.now).getTime() / 1000),
    // What is asked for is what is paid, and in that currency.
    adaptive_pricing: { enabled: false },
  } as const;
  if (order.membership) return { ...common, ...(await subscriptionOf(stripe, order, order.membership, metadata)) };
  return {
    ...common,
    mode: 'payment',
    // One line for the whole order: lines of their own would be rounded once more.
    line_items: [{ quantity: 1, price_data: priceOf(order, order.total) }],
    payment_intent_data: { metadata, description: order.title },
  };
}

/** A membership costs its price each time. What the first time is cheaper by is a coupon of Stripe that counts once; a trial costs nothing at first. */
async function subscriptionOf(
  stripe: Stripe,
  order: PayableOrder,
  { interval, trialDays, amount }: NonNullable<PayableOrder['membership']>,
  metadata: Record<string, string>,
): Promise<Stripe.Checkout.SessionCreateParams> {
  const saved = trialDays ? 0 : amount.minor - order.total.minor;
  if (saved < 0 || amount.currency !== order.total.currency) throw new Error(`The order ${order.orderId} begins dearer than it goes on`);
  const every = interval === 'MONTH' ? ('month' as const) : ('year' as const);
  return {
    mode: 'subscription',
    line_items: [{ quantity: 1, price_data: { ...priceOf(order, amount), recurring: { interval: every } } }],
    subscription_data: { metadata, description: order.title, ...(trialDays ? { trial_period_days: trialDays } : {}) },
    ...(saved > 0 ? { discounts: [{ coupon: await couponOf(stripe, order.orderId, { ...amount, minor: saved }) }] } : {}),
  };
}

async function couponOf(stripe: Stripe, orderId: string, saved: Money): Promise<string> {
  const { id } = await stripe.coupons.create(
    { amount_off: takeable(saved), currency: saved.currency.toLowerCase(), duration: 'once', max_redemptions: 1, name: 'First payment' },
    { idempotencyKey: `coupon:${orderId}` },
  );
  return id;
}

function priceOf(order: PayableOrder, price: Money) {
  return {
    currency: price.currency.toLowerCase(),
    unit_amount: takeable(price),
    product_data: { name: order.title.slice(0, 250), metadata: { order_number: order.orderNumber } },
  };
}

function takeable(money: Money): number {
  const amount = amountAtStripe(money);
  if (amount === null)
    throw new AppError('invalid', `Stripe takes no such amount: ${formatMoney(money, 'en')}. Choose another way to pay.`);
  return amount;
}

/** Stripe keeps a session open for 30 minutes at the least and for 24 hours at the most; a minute is for the way there. */
function withinBounds(wanted: Date, now: Date): Date {
  const [first, last] = [now.getTime() + 31 * minuteMs, now.getTime() + (24 * 60 - 1) * minuteMs];
  return new Date(Math.min(Math.max(wanted.getTime(), first), last));
}

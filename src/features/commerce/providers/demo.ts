import type { Context } from '#platform/context.ts';
import { system } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import type { PaymentProvider, ProviderEvent, ProviderSubscription } from './provider.ts';

/** A payment as the demo provider knows it. */
export interface DemoPayment {
  orderId: string;
  amount: number;
  currency: string;
  orderNumber: string;
  buyerId: string;
  isPaid: boolean;
  isOpen: boolean;
  /** Of the membership that the order begins. */
  interval: 'MONTH' | 'YEAR' | null;
  trialDays: number | null;
}

const paymentOfSession = statement<DemoPayment, [sessionId: string]>(
  `select o.id as "orderId", p.amount, p.currency, o.order_number as "orderNumber", o.user_id as "buyerId", p.status in ('PAID', 'REFUNDED') as "isPaid",
          p.status in ('PENDING', 'FAILED') and o.status = 'PENDING' as "isOpen", i.product_snapshot ->> 'interval' as interval,
          (i.product_snapshot ->> 'trialDays')::int as "trialDays"
     from payments p join orders o on o.id = p.order_id
     join lateral (select product_snapshot from order_items where order_id = o.id order by id limit 1) i on true
    where p.provider = 'demo' and p.session_id = $1`,
);

const subscriptionOf = statement<Omit<ProviderSubscription, 'subscriptionId'>, [subscriptionId: string]>(
  `select case status when 'EXPIRED' then 'CANCELLED' else status::text end as status, current_period_start as "periodStart", current_period_end as "periodEnd",
          trial_ends_at as "trialEndsAt", cancel_at_period_end as "cancelAtPeriodEnd"
     from subscriptions where provider = 'demo' and provider_subscription_id = $1`,
);

const sessionIdOf = (orderId: string) => `demo_${orderId}`;

/** What the demo provider's page knows of a payment; undefined where there is none of that name. */
export async function demoPayment(ctx: Context, sessionId: string): Promise<DemoPayment | undefined> {
  const [payment] = await asActor({ ...ctx, actor: system }, (sql) => sql(paymentOfSession, sessionId));
  return payment;
}

/** A payment as the demo provider tells of it: the same words however often it is asked. */
export function demoPaid(payment: DemoPayment, at: Date): ProviderEvent {
  const { orderId } = payment;
  return {
    kind: 'paid',
    eventId: `demo_paid_${orderId}`,
    type: 'demo.paid',
    happenedAt: at,
    orderId,
    sessionId: sessionIdOf(orderId),
    paymentId: `demo_pay_${orderId}`,
    paid: { minor: payment.amount, currency: payment.currency },
    subscription: payment.interval && beginningOf(orderId, payment.interval, payment.trialDays, at),
  };
}

function beginningOf(orderId: string, interval: 'MONTH' | 'YEAR', trialDays: number | null, at: Date): ProviderSubscription {
  const trialEndsAt = trialDays === null ? null : new Date(at.getTime() + trialDays * 86_400_000);
  const periodEnd = new Date(at);
  periodEnd.setUTCMonth(at.getUTCMonth() + (interval === 'MONTH' ? 1 : 12));
  // The last day of a month is followed by the last of the next, however short that is.
  if (periodEnd.getUTCDate() !== at.getUTCDate()) periodEnd.setUTCDate(0);
  return {
    subscriptionId: `demo_sub_${orderId}`,
    status: trialEndsAt ? 'TRIALING' : 'ACTIVE',
    periodStart: at,
    periodEnd: trialEndsAt ?? periodEnd,
    trialEndsAt,
    cancelAtPeriodEnd: false,
  };
}

/** Takes no money: a page of its own lets whoever tries the school pay, decline or pay later. What is paid there is settled as any payment is. */
export const demoProvider: PaymentProvider = {
  name: 'demo',
  title: 'Demo payment',
  takesMemberships: true,
  minutesToPay: 60,
  openSession: async (_ctx, { orderId }) => ({
    sessionId: sessionIdOf(orderId),
    url: `${runtime().config.origin}/checkout/demo/${sessionIdOf(orderId)}`,
  }),
  lookUp: async (ctx, sessionId) => {
    const payment = await demoPayment(ctx, sessionId);
    if (payment?.isPaid) return demoPaid(payment, ctx.now);
    return { kind: 'other', eventId: `look_${sessionId}`, type: 'demo.open', happenedAt: ctx.now };
  },
  refund: async (_ctx, { key }) => ({ refundId: `demo_refund_${key}`, status: 'SUCCEEDED' }),
  closeSession: async () => {},
  setCancelAtPeriodEnd: async (ctx, subscriptionId, cancel) => {
    const [known] = await asActor({ ...ctx, actor: system }, (sql) => sql(subscriptionOf, subscriptionId));
    if (!known) throw new AppError('not-found', 'The demo provider knows no such membership.');
    return { ...known, subscriptionId, cancelAtPeriodEnd: cancel };
  },
};

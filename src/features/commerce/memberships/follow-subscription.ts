import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import type { ProviderEvent, ProviderSubscription } from '../providers/provider.ts';
import type { Outcome } from '../settlement/outcome.ts';
import { keepMembership } from './keep-membership.ts';
import { type Facts, withEnd, withFailure, withPayment, withWish } from './lifecycle.ts';
import { holdMembershipOf, type Membership } from './membership-row.ts';
import { orderRenewal } from './order-renewal.ts';

type SubscriptionEvent = Extract<ProviderEvent, { kind: 'renewed' | 'renewal-failed' | 'subscription' }>;
type Renewed = Extract<ProviderEvent, { kind: 'renewed' }>;

const known = statement<{ id: string }, [provider: string, paymentId: string]>(
  'select id from payments where provider = $1 and provider_payment_id = $2',
);

/**
 * Follows what a provider tells of a membership, in a transaction of the school. Money makes an order of its own, once for each payment; and whatever comes late or twice, the
 * membership is in the end what it would be had everything come in its order.
 */
export async function followSubscription(
  ctx: Context,
  { provider, event }: { provider: string; event: SubscriptionEvent },
): Promise<Outcome> {
  const subscriptionId = event.kind === 'subscription' ? event.subscription.subscriptionId : event.subscriptionId;
  const membership = await holdMembershipOf(ctx, provider, subscriptionId);
  if (!membership) return { applied: 'waits', note: 'Waits for the order that begins its membership.' };
  if (event.kind === 'renewed') return renew(ctx, membership, event);
  const facts =
    event.kind === 'renewal-failed' ? withFailure(membership, event.happenedAt) : told(membership, event.subscription, event.happenedAt);
  await keepMembership(ctx, membership, facts);
  return { applied: 'applied' };
}

async function renew(ctx: Context, membership: Membership, event: Renewed): Promise<Outcome> {
  const { paymentId, paid, subscription, happenedAt } = event;
  if ((await ctx.db.sql(known, membership.provider, paymentId))[0]) return { applied: 'already' };
  if (paid.minor !== membership.amount || paid.currency !== membership.currency) return refuse(ctx, membership, event);
  await orderRenewal(ctx, membership, { paymentId, paidAt: happenedAt });
  const renewed = withPayment(membership, { start: subscription.periodStart, end: subscription.periodEnd });
  await keepMembership(ctx, membership, told(renewed, subscription, happenedAt));
  return { applied: 'applied' };
}

/** What its provider says of it, apart from money: whether it goes on. A payment that is due there has failed. */
function told(facts: Facts, subscription: ProviderSubscription, at: Date): Facts {
  const wished = withWish(facts, { cancels: subscription.cancelAtPeriodEnd, at });
  if (subscription.status === 'CANCELLED') return withEnd(wished, at);
  return subscription.status === 'PAST_DUE' ? withFailure(wished, at) : wished;
}

async function refuse(ctx: Context, membership: Membership, { paymentId, paid }: Renewed): Promise<Outcome> {
  const note = `The membership costs ${membership.amount} ${membership.currency} each time, in the smallest unit.`;
  await raiseAlarm(ctx, {
    key: `renewal-differs:${membership.provider}:${paymentId}`,
    kind: 'renewal-differs',
    orderId: null,
    details: {
      provider: membership.provider,
      subscriptionId: membership.providerSubscriptionId,
      paymentId,
      amount: paid.minor,
      currency: paid.currency,
      note,
    },
  });
  return { applied: 'refused', note };
}

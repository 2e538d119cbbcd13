import type Stripe from 'stripe';
import type { ProviderSubscription } from '../provider.ts';

const statuses: Record<string, ProviderSubscription['status']> = {
  trialing: 'TRIALING',
  active: 'ACTIVE',
  canceled: 'CANCELLED',
  incomplete_expired: 'CANCELLED',
};

/** A membership in words of the shop. Whatever is neither running nor over has a payment to wait for. */
export function subscriptionInWords(subscription: Stripe.Subscription): ProviderSubscription {
  const [item] = subscription.items.data;
  if (!item) throw new Error(`Stripe’s subscription ${subscription.id} is of nothing`);
  return {
    subscriptionId: subscription.id,
    status: statuses[subscription.status] ?? 'PAST_DUE',
    periodStart: momentOf(item.current_period_start),
    periodEnd: momentOf(item.current_period_end),
    trialEndsAt: subscription.trial_end === null ? null : momentOf(subscription.trial_end),
    // Stripe's own pages set a day instead.
    cancelAtPeriodEnd: subscription.status !== 'canceled' && (subscription.cancel_at_period_end || subscription.cancel_at !== null),
  };
}

/** A moment as Stripe writes it, in seconds. */
export function momentOf(seconds: number): Date {
  return new Date(seconds * 1000);
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId, type UserId } from '#platform/ids.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import type { ProviderSubscription } from '../providers/provider.ts';
import { openCourses } from './keep-membership.ts';
import { holdMembership } from './membership-row.ts';
import { addDays, type Interval, periodEndAfter } from './period.ts';
import { stopRenewing } from './stop-renewing.ts';

interface Bought {
  userId: UserId;
  currency: string;
  subscriptionId: string | null;
  productId: string;
  interval: Interval | null;
  trialDays: number | null;
  /** What each further time costs, with its tax. */
  amount: number;
}

const boughtBy = statement<Bought, [orderId: string]>(
  `select o.user_id as "userId", o.currency, o.subscription_id as "subscriptionId", i.product_id as "productId", i.product_snapshot ->> 'interval' as interval,
          (i.product_snapshot ->> 'trialDays')::int as "trialDays", coalesce((i.product_snapshot ->> 'recurringAmount')::int, i.total) as amount
     from orders o join order_items i on i.order_id = o.id join products p on p.id = i.product_id and p.type = 'MEMBERSHIP'
    where o.id = $1::uuid for no key update of o`,
);

type Begun = [
  id: string,
  userId: string,
  productId: string,
  provider: string,
  providerSubscriptionId: string | null,
  status: 'TRIALING' | 'ACTIVE',
  interval: Interval,
  amount: number,
  currency: string,
  periodStart: string,
  periodEnd: string,
  trialEndsAt: string | null,
  cancelAtPeriodEnd: boolean,
  moment: string,
];

const begin = statement<{ id: string }, Begun>(
  `insert into subscriptions (id, user_id, product_id, provider, provider_subscription_id, status, interval, amount, currency, current_period_start,
                              current_period_end, trial_ends_at, cancel_at_period_end, cancelled_at, told_at, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6::subscription_status, $7::billing_interval, $8, $9, $10::timestamptz, $11::timestamptz, $12::timestamptz, $13,
           case when $13 then $14::timestamptz end, $14::timestamptz, $10::timestamptz, $14::timestamptz)
   on conflict (user_id, product_id) where status in ('TRIALING', 'ACTIVE', 'PAST_DUE') do nothing
   returning id`,
);

const nameIt = statement<unknown, [orderId: string, subscriptionId: string, moment: string]>(
  'update orders set subscription_id = $2::uuid, updated_at = $3::timestamptz where id = $1::uuid',
);

/**
 * Begins the membership that an order bought, in the transaction that settles it, and opens its courses. One that no provider renews ends with the time that it was begun
 * for. Begun twice, it is one; a second one of the same product gives nothing, is not renewed, and the school is told.
 */
export async function beginMembership(
  ctx: Context,
  { orderId, providerName, subscription }: { orderId: string; providerName: string; subscription: ProviderSubscription | null },
): Promise<void> {
  const [bought] = await ctx.db.sql(boughtBy, orderId);
  if (!bought?.interval || bought.subscriptionId) return;
  const { userId, productId, interval, currency, amount } = bought;
  const time = subscription ?? timeWithoutProvider(ctx.now, interval, bought.trialDays);
  const [begun] = await ctx.db.sql(
    begin,
    newId(),
    userId,
    productId,
    providerName,
    subscription?.subscriptionId ?? null,
    time.trialEndsAt ? 'TRIALING' : 'ACTIVE',
    interval,
    amount,
    currency,
    time.periodStart.toISOString(),
    time.periodEnd.toISOString(),
    time.trialEndsAt?.toISOString() ?? null,
    time.cancelAtPeriodEnd,
    ctx.now.toISOString(),
  );
  if (!begun) {
    await refuseSecond(ctx, { orderId, providerName, subscription });
    return;
  }
  await ctx.db.sql(nameIt, orderId, begun.id, ctx.now.toISOString());
  await openCourses(ctx, await holdMembership(ctx, begun.id));
}

function timeWithoutProvider(now: Date, interval: Interval, trialDays: number | null) {
  const trialEndsAt = trialDays === null ? null : addDays(now, trialDays);
  return { periodStart: now, periodEnd: trialEndsAt ?? periodEndAfter(now, interval, now), trialEndsAt, cancelAtPeriodEnd: true };
}

async function refuseSecond(
  ctx: Context,
  { orderId, providerName, subscription }: { orderId: string; providerName: string; subscription: ProviderSubscription | null },
): Promise<void> {
  const subscriptionId = subscription?.subscriptionId ?? null;
  await raiseAlarm(ctx, {
    key: `membership-twice:${orderId}`,
    kind: 'membership-twice',
    orderId,
    details: { provider: providerName, subscriptionId, note: 'Its buyer is a member already: the money has to go back.' },
  });
  if (subscriptionId) await stopRenewing(ctx, { provider: providerName, subscriptionId });
}

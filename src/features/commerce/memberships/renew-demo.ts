import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { demoProvider } from '../providers/demo.ts';
import { takesDemoMoney } from '../providers/providers.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';
import { type Membership, membershipColumns } from './membership-row.ts';
import { periodEndAfter } from './period.ts';

const atATime = 200;

const due = statement<Membership, [moment: string]>(
  `select ${membershipColumns} from subscriptions s
    where s.provider = '${demoProvider.name}' and s.provider_subscription_id is not null and s.status in ('TRIALING', 'ACTIVE') and not s.cancel_at_period_end
      and s.ended_at is null and s.current_period_end <= $1::timestamptz
    order by s.current_period_end limit ${atATime}`,
);

/**
 * Does what a provider does by itself: takes the next payment of the demo provider's memberships, through the one door of every payment. Named after the period, a payment
 * is one however often it is taken. In a school that takes real money they run out instead.
 */
export async function renewDemoMemberships(ctx: Context): Promise<void> {
  if (!(await takesDemoMoney(ctx))) return;
  const memberships = await inTransaction(ctx, (ctx) => ctx.db.sql(due, ctx.now.toISOString()));
  for (const membership of memberships) await renew(ctx, membership);
}

async function renew(ctx: Context, membership: Membership): Promise<void> {
  const { interval, periodEnd: start, trialEndsAt, beganAt, amount, currency, providerSubscriptionId } = membership;
  const name = `${providerSubscriptionId}_${start.toISOString().slice(0, 10)}`;
  const end = periodEndAfter(trialEndsAt ?? beganAt, interval, start);
  await applyProviderEvent(ctx, demoProvider.name, {
    kind: 'renewed',
    eventId: `renewed_${name}`,
    type: 'demo.renewed',
    happenedAt: start,
    subscriptionId: providerSubscriptionId!,
    paymentId: `pay_${name}`,
    paid: { minor: amount, currency },
    subscription: {
      subscriptionId: providerSubscriptionId!,
      status: 'ACTIVE',
      periodStart: start,
      periodEnd: end,
      trialEndsAt,
      cancelAtPeriodEnd: false,
    },
  });
  if (end <= ctx.now) await renew(ctx, { ...membership, periodEnd: end });
}

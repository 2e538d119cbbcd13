import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { UserId } from '#platform/ids.ts';
import type { Facts, MembershipStatus } from './lifecycle.ts';
import type { Interval } from './period.ts';

/** A membership as it is kept. */
export interface Membership extends Facts {
  id: string;
  userId: UserId;
  productId: string;
  provider: string;
  providerSubscriptionId: string | null;
  status: MembershipStatus;
  interval: Interval;
  /** What it costs each time, with its tax. */
  amount: number;
  currency: string;
  cancelledAt: Date | null;
  beganAt: Date;
}

/** The condition that a payment of the subscription `s` is called back by a bank that has not decided yet: its courses are closed meanwhile. */
export const isDisputed = `
  exists (select from orders o join payments p on p.order_id = o.id join disputes d on d.payment_id = p.id and d.status = 'OPEN' where o.subscription_id = s.id)`;

/** Of a query over subscriptions `s`. */
export const membershipColumns = `
  s.id, s.user_id as "userId", s.product_id as "productId", s.provider, s.provider_subscription_id as "providerSubscriptionId", s.status, s.interval, s.amount,
  s.currency, s.current_period_start as "periodStart", s.current_period_end as "periodEnd", s.trial_ends_at as "trialEndsAt", s.failed_at as "failedAt",
  s.cancel_at_period_end as "cancelAtPeriodEnd", s.told_at as "toldAt", s.ended_at as "endedAt", s.cancelled_at as "cancelledAt", s.created_at as "beganAt"`;

const byId = statement<Membership, [id: string]>(`select ${membershipColumns} from subscriptions s where s.id = $1::uuid for update`);

const byProvider = statement<Membership, [provider: string, subscriptionId: string]>(
  `select ${membershipColumns} from subscriptions s where s.provider = $1 and s.provider_subscription_id = $2 for update`,
);

/** A membership, held until the transaction ends. Who holds one and orders too holds the membership first. */
export async function holdMembership(ctx: Context, id: string): Promise<Membership> {
  const [held] = await ctx.db.sql(byId, id);
  if (!held) throw new Error(`There is no membership ${id}.`);
  return held;
}

/** The same by the name that its provider has for it; undefined where none has begun. */
export async function holdMembershipOf(ctx: Context, provider: string, subscriptionId: string): Promise<Membership | undefined> {
  const [held] = await ctx.db.sql(byProvider, provider, subscriptionId);
  return held;
}

const disputed = statement<{ id: string }, [id: string]>(`select s.id from subscriptions s where s.id = $1::uuid and ${isDisputed}`);

/** Whether the courses of a membership are closed while a bank looks into a payment of it. */
export async function isSuspended(ctx: Context, { id }: { id: string }): Promise<boolean> {
  return (await ctx.db.sql(disputed, id)).length > 0;
}

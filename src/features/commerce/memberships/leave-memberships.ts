import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { keepMembership } from './keep-membership.ts';
import { withWish } from './lifecycle.ts';
import { holdMembership } from './membership-row.ts';
import { stopRenewing } from './stop-renewing.ts';

const liveOf = statement<{ id: string }, [userId: string]>(
  `select id from subscriptions where user_id = $1::uuid and status in ('TRIALING', 'ACTIVE', 'PAST_DUE') order by id`,
);

/** Cancels the memberships of somebody who closes their account, so that nobody is charged who is not here any more. In a transaction of the school. */
export async function leaveMemberships(ctx: Context, { userId }: { userId: string }): Promise<void> {
  for (const { id } of await ctx.db.sql(liveOf, userId)) {
    const membership = await holdMembership(ctx, id);
    await keepMembership(ctx, membership, withWish(membership, { cancels: true, at: ctx.now }));
    const { provider, providerSubscriptionId } = membership;
    if (providerSubscriptionId) await stopRenewing(ctx, { provider, subscriptionId: providerSubscriptionId });
  }
}

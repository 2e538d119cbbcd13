import { revokeAccess } from '#features/learning/index.server.ts';
import type { Context } from '#platform/context.ts';
import { keepMembership } from './keep-membership.ts';
import { withEnd } from './lifecycle.ts';
import { holdMembership } from './membership-row.ts';
import { stopRenewing } from './stop-renewing.ts';

/** Ends a membership at once, because the money for it was given back: its courses close, and its provider takes no more. In the transaction of the refund. Done twice, it is done. */
export async function withdrawMembership(ctx: Context, { id, reason }: { id: string; reason: string }): Promise<void> {
  const membership = await holdMembership(ctx, id);
  // What was paid for is given back: the paid time ends here, a moment after it began at the earliest.
  const end = new Date(Math.max(ctx.now.getTime(), membership.periodStart.getTime() + 1));
  const periodEnd = end < membership.periodEnd ? end : membership.periodEnd;
  await keepMembership(ctx, membership, { ...withEnd(membership, ctx.now), periodEnd });
  await revokeAccess(ctx, { subscriptionId: id, reason });
  const { provider, providerSubscriptionId, endedAt } = membership;
  if (providerSubscriptionId && !endedAt) await stopRenewing(ctx, { provider, subscriptionId: providerSubscriptionId });
}

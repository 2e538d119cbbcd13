import { resumeAccess, suspendAccess } from '#features/learning/index.server.ts';
import type { Context } from '#platform/context.ts';
import { openCourses } from './keep-membership.ts';
import { holdMembership, isSuspended } from './membership-row.ts';

/** Closes the courses of a membership while a bank looks into a payment of it, in the transaction that writes the dispute down. Held first: a renewal that is told at the same time opens nothing. */
export async function suspendMembership(ctx: Context, { id }: { id: string }): Promise<void> {
  await holdMembership(ctx, id);
  await suspendAccess(ctx, { subscriptionId: id });
}

/** Opens them again once no payment of it is disputed any more, for as long as what was paid meanwhile says. */
export async function resumeMembershipAccess(ctx: Context, { id }: { id: string }): Promise<void> {
  const membership = await holdMembership(ctx, id);
  if (await isSuspended(ctx, membership)) return;
  await resumeAccess(ctx, { subscriptionId: id });
  await openCourses(ctx, membership);
}

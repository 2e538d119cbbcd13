import { type Context, requirePerson, system } from '#platform/context.ts';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { mayTake } from '../policy.ts';
import { providerNamed } from '../providers/providers.ts';
import { keepMembership } from './keep-membership.ts';
import { withEnd, withWish } from './lifecycle.ts';
import { holdMembership, type Membership, membershipColumns } from './membership-row.ts';

const ownLive = statement<Membership, [id: string, person: string]>(
  `select ${membershipColumns} from subscriptions s
    where s.id = $1::uuid and s.user_id = $2::uuid and s.status in ('TRIALING', 'ACTIVE', 'PAST_DUE')`,
);

/** A membership of the acting person's that is running. */
export async function ownMembership(ctx: Context, membershipId: string): Promise<Membership> {
  const person = requirePerson(ctx);
  if (!mayTake(person)) throw new AppError('forbidden', 'A membership is managed by the person whose it is.');
  const [membership] = isId(membershipId) ? await asActor(ctx, (sql) => sql(ownLive, membershipId, person.id)) : [];
  if (!membership) throw new AppError('not-found', 'There is no such membership of yours, or it is over.');
  return membership;
}

/** Has a membership end with the time that is paid. Done twice, it is done. */
export async function cancelMembership(ctx: Context, input: { membershipId: string }): Promise<void> {
  await changeRenewal(ctx, input.membershipId, true);
}

/** Has a membership go on that was to end. */
export async function resumeMembership(ctx: Context, input: { membershipId: string }): Promise<void> {
  const membership = await ownMembership(ctx, input.membershipId);
  if (!membership.providerSubscriptionId)
    throw new AppError('conflict', 'This membership was paid once, and nobody renews it. Take it anew when it ends.');
  await changeRenewal(ctx, input.membershipId, false);
}

/** The provider is told first: should it not answer, nothing has changed here either. */
async function changeRenewal(ctx: Context, membershipId: string, cancels: boolean): Promise<void> {
  const { provider, providerSubscriptionId } = await ownMembership(ctx, membershipId);
  const told = providerSubscriptionId
    ? await providerNamed(provider).setCancelAtPeriodEnd?.(ctx, providerSubscriptionId, cancels)
    : undefined;
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const held = await holdMembership(ctx, membershipId);
    const wished = withWish(held, { cancels: told?.cancelAtPeriodEnd ?? cancels, at: ctx.now });
    await keepMembership(ctx, held, told?.status === 'CANCELLED' ? withEnd(wished, ctx.now) : wished);
  });
}

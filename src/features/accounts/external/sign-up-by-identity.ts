import type { Context } from '#platform/context.ts';
import { newId, type UserId } from '#platform/ids.ts';
import { giveToOwner } from '../sign-up/give-to-owner.ts';
import { writeIdentity } from './identity-rows.ts';
import type { Identity } from './provider.ts';

/** An identity whose provider has made sure of its address. */
export type VerifiedIdentity = Identity & { email: string };

/** Makes an account for someone new. Their provider's picture is left out: it would tell the provider of everyone who looks at it. */
export async function signUpByIdentity(ctx: Context, identity: VerifiedIdentity): Promise<UserId> {
  const id = newId<'user'>();
  const { name, email } = identity;
  await ctx.db.prisma.user.create({ data: { id, name, email, emailVerified: true, createdAt: ctx.now } });
  await writeIdentity(ctx, id, identity);
  return id;
}

/** Gives the account of a sign-up that was never confirmed to the owner of its address. Whatever a stranger could get in with is gone. */
export async function replaceSignUpByIdentity(ctx: Context, userId: UserId, identity: VerifiedIdentity): Promise<UserId> {
  await giveToOwner(ctx, userId);
  await ctx.db.prisma.user.update({ where: { id: userId }, data: { name: identity.name } });
  await writeIdentity(ctx, userId, identity);
  return userId;
}

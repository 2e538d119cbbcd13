import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { UserId } from '#platform/ids.ts';
import { holdAddress } from '../../person-by-email.ts';
import { connectIdentity } from '../connect-identity.ts';
import { addressOf, nameOf } from '../identity-fields.ts';
import { ownerOfAddress } from '../identity-rows.ts';
import { verdictOnReport } from '../policy.ts';
import type { Identity } from '../provider.ts';
import { clerkId } from '../providers.ts';
import { replaceSignUpByIdentity, signUpByIdentity, type VerifiedIdentity } from '../sign-up-by-identity.ts';
import type { ClerkPerson } from './event.ts';
import { hasOtherWaysIn } from './has-other-ways-in.ts';

/** Why a report changed nothing. A later one, of a confirmed address or after the other account has gone, may. */
type Problem = 'no-address' | 'unverified-address' | 'address-taken';

const deletionOf = statement<{ id: string }, [string]>(
  "select id from webhook_events where provider = 'clerk' and type = 'user.deleted' and payload ->> 'id' = $1 limit 1",
);

/** Follows what Clerk says of a person: makes their account, connects the one they have, or brings it up to date. */
export async function reportPerson(ctx: Context, reported: ClerkPerson): Promise<Problem | undefined> {
  if ((await ctx.db.sql(deletionOf, reported.id)).length > 0) return undefined;
  const identity = identityOf(reported);
  if (identity.email) await holdAddress(ctx, identity.email);
  const known = await ctx.db.prisma.account.findUnique({
    where: keyOf(reported),
    select: { id: true, userId: true, updatedAt: true },
  });
  if (known && known.updatedAt.getTime() >= reported.updated_at) return undefined;
  const problem = known ? await follow(ctx, known.userId as UserId, identity) : await takeIn(ctx, identity);
  // Clerk's own time, so that an older report is known by it.
  await ctx.db.prisma.account.updateMany({
    where: { providerId: clerkId, accountId: reported.id },
    data: { updatedAt: new Date(reported.updated_at), label: identity.label },
  });
  return problem;
}

function keyOf({ id }: ClerkPerson) {
  return { providerId_accountId: { providerId: clerkId, accountId: id } };
}

function identityOf(reported: ClerkPerson): Identity {
  const primary = reported.email_addresses.find(({ id }) => id === reported.primary_email_address_id);
  const email = addressOf(primary?.email_address);
  return {
    providerId: clerkId,
    accountId: reported.id,
    email,
    emailVerified: email !== undefined && primary?.verification?.status === 'verified',
    name: nameOf([reported.first_name, reported.last_name].filter(Boolean).join(' '), reported.username, email?.split('@')[0]),
    label: email ?? reported.username?.slice(0, 254) ?? undefined,
  };
}

async function takeIn(ctx: Context, identity: Identity): Promise<Problem | undefined> {
  const { email, emailVerified } = identity;
  const owner = await ownerOfAddress(ctx, email);
  const verdict = verdictOnReport({ email, emailVerified, owner });
  if (verdict === 'sign-up') await signUpByIdentity(ctx, identity as VerifiedIdentity);
  else if (verdict === 'replace-sign-up') await replaceSignUpByIdentity(ctx, owner?.id as UserId, identity as VerifiedIdentity);
  else if (verdict === 'connect') await connectIdentity(ctx, owner?.id as UserId, identity, 'Clerk');
  else return verdict;
  return undefined;
}

/** Clerk leads for the accounts that it alone opens. Whoever has another way in changes their name and address here. */
async function follow(ctx: Context, userId: UserId, { name, email, emailVerified }: Identity): Promise<Problem | undefined> {
  const person = await ctx.db.prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true, deletedAt: true } });
  if (person.deletedAt || (await hasOtherWaysIn(ctx, userId))) return undefined;
  await ctx.db.prisma.user.update({ where: { id: userId }, data: { name } });
  if (email === person.email) return undefined;
  if (!email) return 'no-address';
  if (!emailVerified) return 'unverified-address';
  if (await ownerOfAddress(ctx, email)) return 'address-taken';
  await ctx.db.prisma.user.update({ where: { id: userId }, data: { email } });
  return undefined;
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId, type UserId } from '#platform/ids.ts';
import type { Arrival } from './policy.ts';
import type { Identity } from './provider.ts';

type IdentityKey = Pick<Identity, 'providerId' | 'accountId'>;

const lockIdentity = statement<unknown, [string, string]>(
  "select pg_advisory_xact_lock(hashtextextended('identity ' || $1 || ' ' || $2, 0))",
);

/** Lets the rest of the transaction be alone with an identity that may not have a row yet to lock. */
export async function holdIdentity(ctx: Context, { providerId, accountId }: IdentityKey): Promise<void> {
  await ctx.db.sql(lockIdentity, providerId, accountId);
}

/** The person whom an identity is connected to, whoever asks: for commands that run as the program itself. */
export async function personOfIdentity(ctx: Context, { providerId, accountId }: IdentityKey): Promise<UserId | null> {
  const row = await ctx.db.prisma.account.findUnique({
    where: { providerId_accountId: { providerId, accountId } },
    select: { userId: true },
  });
  return (row?.userId as UserId | undefined) ?? null;
}

/** The person who has an address here, as far as the policy asks. */
export async function ownerOfAddress(ctx: Context, email: string | undefined): Promise<Arrival['owner']> {
  if (!email) return null;
  const row = await ctx.db.prisma.user.findUnique({
    where: { email },
    select: { id: true, emailVerified: true, role: true, twoFactorEnabled: true },
  });
  return row && { ...row, id: row.id as UserId };
}

/** Writes an identity beside a person's other ways in. None of the provider's tokens is kept: nothing here uses them. */
export async function writeIdentity(ctx: Context, userId: UserId, { providerId, accountId, label }: Identity): Promise<void> {
  await ctx.db.prisma.account.create({ data: { id: newId(), userId, providerId, accountId, label, createdAt: ctx.now } });
}

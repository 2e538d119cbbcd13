import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { UserId } from '#platform/ids.ts';

/** Someone as the ways in know them. */
export interface KnownPerson {
  id: UserId;
  name: string;
  email: string;
  emailVerified: boolean;
  passwordHash: string | null;
}

/** The person of an address, whoever asks: for commands that run as the program itself. */
export async function personByEmail(ctx: Context, email: string): Promise<KnownPerson | undefined> {
  const row = await ctx.db.prisma.user.findUnique({
    where: { email },
    select: {
      id: true,
      name: true,
      email: true,
      emailVerified: true,
      accounts: { where: { providerId: 'credential' }, select: { password: true } },
    },
  });
  if (!row) return undefined;
  const { accounts, id, ...person } = row;
  return { ...person, id: id as UserId, passwordHash: accounts[0]?.password ?? null };
}

const lockAddress = statement<unknown, [string]>("select pg_advisory_xact_lock(hashtextextended('e-mail ' || $1, 0))");

/** Lets the rest of the transaction be alone with an address that may not have a row yet to lock. */
export async function holdAddress(ctx: Context, email: string): Promise<void> {
  await ctx.db.sql(lockAddress, email);
}

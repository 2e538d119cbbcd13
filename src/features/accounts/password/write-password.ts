import type { Context } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';

/** Stores the hash of a person's password, whether or not they had one. */
export async function writePassword(ctx: Context, userId: string, hash: string): Promise<void> {
  await ctx.db.prisma.account.upsert({
    where: { providerId_accountId: { providerId: 'credential', accountId: userId } },
    create: { id: newId(), userId, providerId: 'credential', accountId: userId, password: hash },
    update: { password: hash },
  });
}

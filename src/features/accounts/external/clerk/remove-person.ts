import type { Context } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';
import { closePerson } from '../../privacy/close-person.ts';
import { cutIdentity } from '../cut-identity.ts';
import { clerkId } from '../providers.ts';
import { hasOtherWaysIn } from './has-other-ways-in.ts';

/**
 * Follows the end of a person at Clerk: closes the account that Clerk alone opened. One with another way in was not Clerk's to end, and is
 * only disconnected. So is one that may not close yet, and no browser stays signed in with it.
 */
export async function removePerson(ctx: Context, accountId: string): Promise<'not-yet-closed' | undefined> {
  const identity = await ctx.db.prisma.account.findUnique({ where: { providerId_accountId: { providerId: clerkId, accountId } } });
  if (!identity) return undefined;
  const userId = identity.userId as UserId;
  if (await hasOtherWaysIn(ctx, userId)) {
    await cutIdentity(ctx, userId, identity);
    return undefined;
  }
  if ((await closePerson(ctx, userId)).kind === 'closed') return undefined;
  await ctx.db.prisma.session.deleteMany({ where: { userId } });
  await cutIdentity(ctx, userId, identity);
  return 'not-yet-closed';
}

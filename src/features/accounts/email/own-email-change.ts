import { type Context, requirePerson } from '#platform/context.ts';
import { dangerouslyAsSystem, inAuthTransaction } from '../auth.server.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { changeOf, identifierOf } from './pending-change.ts';

/** A change of one's own address that waits for its confirmations. */
export interface OwnEmailChange {
  newEmail: string;
  until: Date;
  isAllowed: boolean;
  isProven: boolean;
}

/** The change of address that the actor waits for. */
export async function ownEmailChange(ctx: Context): Promise<OwnEmailChange | null> {
  const change = await changeOf(dangerouslyAsSystem(ctx), requirePerson(ctx).id);
  if (!change) return null;
  return { newEmail: change.to, until: change.expiresAt, isAllowed: change.current.confirmed, isProven: change.new.confirmed };
}

/** Gives up the change of one's own address. */
export async function cancelEmailChange(ctx: Context): Promise<void> {
  const { id } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  await inAuthTransaction(ctx, async (ctx) => {
    await ctx.db.prisma.verification.deleteMany({ where: { identifier: identifierOf(id) } });
  });
}

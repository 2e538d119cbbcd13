import { type Context, requirePerson } from '#platform/context.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { recoveryCodesLeft } from './recovery-codes.ts';

/** Whether the actor is asked for a second step, and how many recovery codes they have left. */
export async function secondFactorOf(ctx: Context): Promise<{ isOn: false } | { isOn: true; recoveryCodesLeft: number }> {
  const person = requirePerson(ctx);
  return inAuthTransaction(ctx, async (ctx, auth) => {
    const row = await ctx.db.prisma.twoFactor.findFirst({ where: { userId: person.id, verified: true }, select: { id: true } });
    return row ? { isOn: true, recoveryCodesLeft: await recoveryCodesLeft(auth, person.id) } : { isOn: false };
  });
}

import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { recoveryCodesMadeMail } from '../emails/recovery-codes-made.ts';
import { newRecoveryCodes, sealRecoveryCodes } from './recovery-codes.ts';
import { requireOwner } from './require-owner.ts';

/** Gives the actor new recovery codes, shown this once. Those before them work no more. */
export async function makeRecoveryCodes(ctx: Context): Promise<{ recoveryCodes: string[] }> {
  const person = requireOwner(ctx);
  return inAuthTransaction(ctx, async (ctx, auth) => {
    const recoveryCodes = newRecoveryCodes();
    const backupCodes = await sealRecoveryCodes(auth, recoveryCodes);
    const where = { userId: person.id, verified: true };
    const { count } = await ctx.db.prisma.twoFactor.updateMany({ where, data: { backupCodes } });
    if (count === 0) throw new AppError('conflict', 'Two-step sign-in is off.');
    await audit({ ...ctx, actor: person }, { action: 'accounts.recoveryCodesMade', subjectType: 'user', subjectId: person.id });
    const forgotPasswordUrl = `${runtime().config.origin}/forgot-password`;
    await sendMail(ctx, recoveryCodesMadeMail, person.email, { name: person.name, forgotPasswordUrl });
    return { recoveryCodes };
  });
}

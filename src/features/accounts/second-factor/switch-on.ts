import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { secondFactorOnMail } from '../emails/second-factor-on.ts';
import { countAttempt } from '../limits.ts';
import type { Client } from '../sessions/session-cookies.ts';
import { checkCode } from './check-code.ts';
import { newRecoveryCodes, sealRecoveryCodes } from './recovery-codes.ts';
import { requireOwner } from './require-owner.ts';

/** Asks for a second step from now on, once the app has shown a right code. The recovery codes are shown this once. */
export async function switchOn(ctx: Context, input: { code: string; client: Client }): Promise<{ recoveryCodes: string[] }> {
  const person = requireOwner(ctx);
  await countAttempt('secondStep', input.client, person.email);
  return inAuthTransaction(ctx, async (ctx, auth) => {
    const recoveryCodes = newRecoveryCodes();
    const backupCodes = await sealRecoveryCodes(auth, recoveryCodes);
    const where = { userId: person.id, verified: false };
    const { count } = await ctx.db.prisma.twoFactor.updateMany({ where, data: { verified: true, backupCodes } });
    if (count === 0) throw new AppError('conflict', 'Begin again: there is nothing to switch on.');
    await ctx.db.prisma.user.update({ where: { id: person.id }, data: { twoFactorEnabled: true } });
    await checkCode(ctx, auth, { userId: person.id, ...input });
    await audit({ ...ctx, actor: person }, { action: 'accounts.secondFactorOn', subjectType: 'user', subjectId: person.id });
    const forgotPasswordUrl = `${runtime().config.origin}/forgot-password`;
    await sendMail(ctx, secondFactorOnMail, person.email, { name: person.name, forgotPasswordUrl });
    return { recoveryCodes };
  });
}

import type { Context } from '#platform/context.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { secondFactorOffMail } from '../emails/second-factor-off.ts';
import { forgetDevicesOf } from './forget-devices-of.ts';
import { requireOwner } from './require-owner.ts';

/** Asks for the first factor only from now on. The app's secret, the recovery codes and the remembered devices are deleted. */
export async function switchOff(ctx: Context): Promise<void> {
  const person = requireOwner(ctx);
  await inAuthTransaction(ctx, async (ctx) => {
    const { count } = await ctx.db.prisma.twoFactor.deleteMany({ where: { userId: person.id } });
    await ctx.db.prisma.user.update({ where: { id: person.id }, data: { twoFactorEnabled: false } });
    await forgetDevicesOf(ctx.db.prisma, person.id);
    if (count === 0) return;
    await audit({ ...ctx, actor: person }, { action: 'accounts.secondFactorOff', subjectType: 'user', subjectId: person.id });
    const forgotPasswordUrl = `${runtime().config.origin}/forgot-password`;
    await sendMail(ctx, secondFactorOffMail, person.email, { name: person.name, forgotPasswordUrl });
  });
}

import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { audit } from '../audit/audit.ts';
import { suspensionLiftedMail } from '../emails/suspension-lifted.ts';
import { personForDeed, requireManager } from '../people/managed-person.ts';

/** Lets someone who is suspended in again, and tells them. */
export async function liftSuspension(ctx: Context, input: { id: string }): Promise<void> {
  requireManager(ctx);
  await inTransaction(ctx, async (ctx) => {
    const person = await personForDeed(ctx, input.id, 'liftSuspension');
    await ctx.db.prisma.user.update({ where: { id: person.id }, data: { banned: false, banReason: null, banExpires: null } });
    await audit(ctx, { action: 'accounts.suspensionLifted', subjectType: 'user', subjectId: person.id });
    await sendMail(ctx, suspensionLiftedMail, person.email, { name: person.name, url: `${runtime().config.origin}/sign-in` });
  });
}

import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { inAuthTransaction } from '../auth.server.ts';
import { invitationMail } from '../emails/invitation.ts';

const linkDays = 7;

const payload = z.object({ userId: z.uuid() });

/** Makes the link by which somebody chooses their first password, and mails it. It lives longer than one that was asked for. */
export const mailInvitationJob = defineJob<z.infer<typeof payload>>({
  name: 'accounts.mailInvitation',
  schema: payload,
  handler: (ctx, { userId }) =>
    inAuthTransaction(ctx, async (ctx, auth) => {
      const person = await ctx.db.prisma.user.findFirst({ where: { id: userId, deletedAt: null }, select: { name: true, email: true } });
      if (!person) return;
      const token = randomBytes(24).toString('base64url');
      const { internalAdapter } = await auth.$context;
      const expiresAt = new Date(ctx.now.getTime() + linkDays * 86_400_000);
      await internalAdapter.createVerificationValue({ identifier: `reset-password:${token}`, value: userId, expiresAt });
      const url = new URL('/reset-password', runtime().config.origin);
      url.searchParams.set('token', token);
      await sendMail(ctx, invitationMail, person.email, { userId, name: person.name, url: url.href });
    }),
});

/** Has somebody whose account was made for them invited by mail, once the transaction commits. */
export async function invite(ctx: Context, userId: string): Promise<void> {
  await enqueue(ctx, mailInvitationJob, { userId });
}

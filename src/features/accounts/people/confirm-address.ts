import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { audit } from '../audit/audit.ts';
import { mailVerificationJob } from '../sign-up/request-verification.ts';
import { personForDeed, requireManager } from './managed-person.ts';

/** Confirms somebody's address for them: the admin vouches that it is theirs. */
export async function confirmAddress(ctx: Context, input: { id: string }): Promise<void> {
  requireManager(ctx);
  await inTransaction(ctx, async (ctx) => {
    const person = await personForDeed(ctx, input.id, 'confirmAddress');
    await ctx.db.prisma.user.update({ where: { id: person.id }, data: { emailVerified: true } });
    await audit(ctx, { action: 'accounts.addressConfirmed', subjectType: 'user', subjectId: person.id, after: { email: person.email } });
  });
}

/** Has the link that confirms an address mailed to its owner again. */
export async function resendConfirmation(ctx: Context, input: { id: string }): Promise<void> {
  requireManager(ctx);
  await inTransaction(ctx, async (ctx) => {
    const person = await personForDeed(ctx, input.id, 'confirmAddress');
    await enqueue(ctx, mailVerificationJob, { email: person.email });
    await audit(ctx, { action: 'accounts.confirmationResent', subjectType: 'user', subjectId: person.id });
  });
}

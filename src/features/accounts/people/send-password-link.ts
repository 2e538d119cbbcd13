import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { audit } from '../audit/audit.ts';
import { mailPasswordResetJob } from '../password/request-password-reset.ts';
import { personForDeed, requireManager } from './managed-person.ts';

/** Has the link mailed by which somebody chooses a new password, as if they had asked for it themselves. */
export async function sendPasswordLink(ctx: Context, input: { id: string }): Promise<void> {
  requireManager(ctx);
  await inTransaction(ctx, async (ctx) => {
    const person = await personForDeed(ctx, input.id, 'sendPasswordLink');
    await enqueue(ctx, mailPasswordResetJob, { email: person.email });
    await audit(ctx, { action: 'accounts.passwordLinkSent', subjectType: 'user', subjectId: person.id });
  });
}

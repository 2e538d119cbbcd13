import { audit } from '#features/accounts/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { sendMailAgainJob } from '#platform/mail.server.ts';
import { maySendMailAgain } from './policy.ts';

const takeUp = statement<{ kind: string }, [id: string]>(
  `update email_messages set state = 'QUEUED', sent_at = null, updated_at = now()
    where id = $1::uuid and text <> '' and (state = 'FAILED' or (state = 'SENT' and attempts = 0)) returning kind`,
);

/** Sends a mail that has failed for good, or that waits in the mailbox from before there was a mail server. Pressed twice, it goes once. */
export async function sendMailAgain(ctx: Context, input: { id: string }): Promise<void> {
  if (!maySendMailAgain(ctx.actor)) throw new AppError('forbidden', 'Only admins send a mail again.');
  await inTransaction(ctx, async (ctx) => {
    const [mail] = isId(input.id) ? await ctx.db.sql(takeUp, input.id) : [];
    if (!mail) throw new AppError('conflict', 'This mail cannot be sent again: it is on its way, or its words are gone.');
    await enqueue(ctx, sendMailAgainJob, { mailId: input.id });
    await audit(ctx, { action: 'notifications.mailSentAgain', subjectType: 'mail', subjectId: input.id, after: { kind: mail.kind } });
  });
}

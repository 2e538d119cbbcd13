import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { type MailLine, stateColumn } from './mailbox.ts';
import { mayReadMailbox } from './policy.ts';

/** One mail in full. Its HTML is shown only where it can run nothing. Words that opened an account are empty once they are out. */
export interface MailMessage extends MailLine {
  kind: string;
  text: string;
  html: string;
  error: string | null;
  attempts: number;
  sentAt: Date | null;
}

const mailById = statement<MailMessage, [id: string]>(
  `select id, recipient as "to", subject, ${stateColumn}, kind, text, html, error, attempts, sent_at as "sentAt", created_at as "createdAt"
     from email_messages where id = $1::uuid`,
);

/** A mail of the school. */
export async function mailMessage(ctx: Context, input: { id: string }): Promise<MailMessage> {
  if (!mayReadMailbox(ctx.actor)) throw new AppError('forbidden', 'Only admins read the school’s mail.');
  const [mail] = isId(input.id) ? await asActor(ctx, (sql) => sql(mailById, input.id)) : [];
  if (!mail) throw new AppError('not-found', 'There is no such mail.');
  return mail;
}

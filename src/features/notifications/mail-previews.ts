import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { isSecretMail, registeredMails, writeMail } from '#platform/mail.server.ts';
import { mayReadMailbox } from './policy.ts';

/** One kind of mail, as it would be written today. */
export interface MailPreview {
  kind: string;
  subject: string;
  /** Whether it carries a link that opens an account. */
  isSecret: boolean;
  text: string;
  html: string;
}

/** Every kind of mail that the school writes, each with its example. */
export function mailPreviews(ctx: Context): MailPreview[] {
  if (!mayReadMailbox(ctx.actor)) throw new AppError('forbidden', 'Only admins see what the school’s mails look like.');
  return registeredMails().map((mail) => ({ kind: mail.kind, isSecret: isSecretMail(mail.kind), ...writeMail(mail, mail.example) }));
}

/** One kind of mail with its example. */
export function mailPreview(ctx: Context, input: { kind: string }): MailPreview {
  const preview = mailPreviews(ctx).find(({ kind }) => kind === input.kind);
  if (!preview) throw new AppError('not-found', 'The school writes no such mail.');
  return preview;
}

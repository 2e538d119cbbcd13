import nodemailer, { type Transporter } from 'nodemailer';
import { z } from 'zod';
import type { Context } from './context.ts';
import { statement } from './database/statement.ts';
import { messageOf } from './errors.ts';
import { newId } from './ids.ts';
import { defineJob, enqueue, type Job } from './jobs.server.ts';
import { runtime } from './runtime.server.ts';

/** One kind of mail, one file: what it says, and whether it is still wanted at the moment of sending. */
export interface Mail<Input> {
  /** `feature.what`, also the kind in the log of mails. */
  kind: string;
  schema: z.ZodType<Input>;
  subject(input: Input): string;
  text(input: Input): string;
  html(input: Input): string;
  stillWanted(ctx: Context, input: Input): Promise<boolean>;
  /** What the preview page shows. */
  example: Input;
}

/** Declares a mail. */
export function defineMail<Input>(mail: Mail<Input>): Mail<Input> {
  return mail;
}

const mails = new Map<string, Mail<never>>();

/** Tells this process every kind of mail; called once at boot. Two of one kind are a mistake in the program. */
export function registerMails(all: readonly Mail<never>[]): void {
  mails.clear();
  for (const mail of all) {
    if (mails.has(mail.kind)) throw new Error(`Two mails are of kind ${mail.kind}`);
    mails.set(mail.kind, mail);
  }
}

const payload = z.object({ mailId: z.uuid(), kind: z.string(), to: z.email(), input: z.unknown() });

const record = statement<
  unknown,
  [id: string, kind: string, to: string, subject: string, text: string, html: string, state: 'SENT' | 'FAILED', error: string | null]
>(
  `insert into email_messages (id, kind, recipient, subject, text, html, state, error, sent_at, attempts, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7::email_state, $8, case when $7::email_state = 'SENT' then now() end, 1, now(), now())
   on conflict (id) do update
     set state = excluded.state, error = excluded.error, sent_at = excluded.sent_at, attempts = email_messages.attempts + 1, updated_at = now()`,
);

const alreadySent = statement<{ id: string }, [string]>("select id from email_messages where id = $1 and state = 'SENT'");

let transporter: { url: string; transport: Transporter } | undefined;

function transportTo(url: string): Transporter {
  if (transporter?.url !== url)
    transporter = { url, transport: nodemailer.createTransport(url, { connectionTimeout: 10_000, socketTimeout: 30_000 } as object) };
  return transporter.transport;
}

/** Sends one mail. Without SMTP settings the mail only goes into the log of mails, which is then the mailbox an admin reads. */
export const sendMailJob: Job<z.infer<typeof payload>> = defineJob({
  name: 'platform.sendMail',
  schema: payload,
  async handler(ctx, { mailId, kind, to, input }) {
    const mail = mails.get(kind);
    if (!mail) throw new Error(`No mail is of kind ${kind}`);
    const valid = mail.schema.parse(input) as never;
    if ((await ctx.db.sql(alreadySent, mailId)).length > 0 || !(await mail.stillWanted(ctx, valid))) return;
    const { config } = runtime();
    const message = { subject: mail.subject(valid), text: mail.text(valid), html: mail.html(valid) };
    const log = (state: 'SENT' | 'FAILED', error: string | null) =>
      ctx.db.sql(record, mailId, kind, to, message.subject, message.text, message.html, state, error);
    try {
      const messageId = `<${mailId}@${new URL(config.origin).hostname}>`;
      if (config.smtpUrl) await transportTo(config.smtpUrl).sendMail({ ...message, from: config.mailFrom, to, messageId });
    } catch (reason) {
      await log('FAILED', messageOf(reason));
      throw reason;
    }
    await log('SENT', null);
  },
});

/** Sends a mail once the current transaction commits. */
export async function sendMail<Input>(ctx: Context, mail: Mail<Input>, to: string, input: Input): Promise<void> {
  await enqueue(ctx, sendMailJob, { mailId: newId(), kind: mail.kind, to, input: mail.schema.parse(input) });
}

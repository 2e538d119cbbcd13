import { z } from 'zod';
import type { Context } from './context.ts';
import { statement } from './database/statement.ts';
import { newId } from './ids.ts';
import { defineJob, enqueue } from './jobs.server.ts';
import { deliver } from './mail-delivery.server.ts';
import { type Letter, letterHtml, letterText } from './mail-layout.ts';

/** One kind of mail, one file: what it says, and whether it is still wanted at the moment of sending. */
export interface Mail<Input> {
  /** `feature.what`, also the kind in the log of mails. */
  kind: string;
  schema: z.ZodType<Input>;
  subject(input: Input): string;
  /** What it says; the school's layout makes text and HTML of it. */
  letter(input: Input): Letter;
  /** Asked at the moment of sending; without it the mail is always wanted. */
  stillWanted?(ctx: Context, input: Input): Promise<boolean>;
  /** `false` for a mail without a link that opens an account: its words may stay in the log of mails. Those of all others are blanked. */
  secret?: false;
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

/** Every kind of mail that the school writes, in the order of the alphabet. */
export function registeredMails(): Mail<never>[] {
  return [...mails.values()].sort((one, other) => one.kind.localeCompare(other.kind));
}

/** Whether the words of a kind must not stay where they can be read. A kind that this version does not know counts as secret. */
export function isSecretMail(kind: string): boolean {
  return mails.get(kind)?.secret !== false;
}

/** A mail's words. Whatever a person typed, the subject stays one line. */
export function writeMail<Input>(mail: Mail<Input>, input: Input): { subject: string; text: string; html: string } {
  const letter = mail.letter(input);
  return { subject: mail.subject(input).replace(/\s+/g, ' ').trim(), text: letterText(letter), html: letterHtml(letter) };
}

const payload = z.object({ mailId: z.uuid(), kind: z.string(), to: z.email(), input: z.unknown() });

const alreadySent = statement<{ id: string }, [string]>("select id from email_messages where id = $1 and state = 'SENT'");

/** Grows to a day of tries, so that a mail outlives a night in which its server is down. */
const maxAttempts = 13;

/** Sends one mail. Without SMTP settings the mail only goes into the log of mails, which is then the mailbox an admin reads. */
export const sendMailJob = defineJob<z.infer<typeof payload>>({
  name: 'platform.sendMail',
  schema: payload,
  maxAttempts,
  async handler(ctx, { mailId, kind, to, input }, run) {
    const mail = mails.get(kind);
    if (!mail) throw new Error(`No mail is of kind ${kind}`);
    const valid = mail.schema.parse(input) as never;
    if ((await ctx.db.sql(alreadySent, mailId)).length > 0 || (await mail.stillWanted?.(ctx, valid)) === false) return;
    await deliver(ctx, { id: mailId, kind, to, ...writeMail(mail, valid), isSecret: isSecretMail(kind) }, run);
  },
});

/** Sends a mail once the current transaction commits. */
export async function sendMail<Input>(ctx: Context, mail: Mail<Input>, to: string, input: Input): Promise<void> {
  await enqueue(ctx, sendMailJob, { mailId: newId(), kind: mail.kind, to, input: mail.schema.parse(input) });
}

interface LoggedMail {
  id: string;
  kind: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

const waitingMail = statement<LoggedMail, [string]>(
  `select id, kind, recipient as "to", subject, text, html from email_messages where id = $1 and state = 'QUEUED' and text <> ''`,
);

/** Sends a mail as the log of mails has it, because an admin asked. */
export const sendMailAgainJob = defineJob<{ mailId: string }>({
  name: 'platform.sendMailAgain',
  schema: z.object({ mailId: z.uuid() }),
  maxAttempts,
  async handler(ctx, { mailId }, run) {
    const [mail] = await ctx.db.sql(waitingMail, mailId);
    if (mail) await deliver(ctx, { ...mail, isSecret: isSecretMail(mail.kind) }, run);
  },
});

import type { Transporter } from 'nodemailer';
import type { Context } from './context.ts';
import { statement } from './database/statement.ts';
import { messageOf } from './errors.ts';
import type { JobRun } from './jobs.server.ts';
import { runtime } from './runtime.server.ts';

/** A mail on its way: its words, and what the log of mails says about it. */
export interface Letterbox {
  id: string;
  kind: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Whether its words open an account, so that they are forgotten once a mail server has taken them. */
  isSecret: boolean;
}

interface Outcome {
  state: 'QUEUED' | 'SENT' | 'FAILED';
  /** Whether a mail server was asked. */
  tried: boolean;
  error?: string;
  /** Whether the words stay readable in the log of mails. */
  keepsWords: boolean;
}

type Row = [
  id: string,
  kind: string,
  to: string,
  subject: string,
  text: string,
  html: string,
  state: string,
  error: string | null,
  tries: number,
];

const record = statement<unknown, Row>(
  `insert into email_messages (id, kind, recipient, subject, text, html, state, error, sent_at, attempts, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7::email_state, $8, case when $7::email_state = 'SENT' then now() end, $9, now(), now())
   on conflict (id) do update
     set state = excluded.state, error = excluded.error, sent_at = excluded.sent_at, text = excluded.text, html = excluded.html,
         attempts = email_messages.attempts + excluded.attempts, updated_at = now()`,
);

/**
 * Hands a mail to the school's mail server, or without one leaves it in the mailbox, and logs what came of it. A server that is not there,
 * refuses for now or refuses the school itself is asked again by the job; one that refuses the mail for good is not.
 */
export async function deliver(ctx: Context, mail: Letterbox, run?: JobRun): Promise<void> {
  const { smtpUrl } = runtime().config;
  if (!smtpUrl) return log(ctx, mail, { state: 'SENT', tried: false, keepsWords: true });
  try {
    await send(smtpUrl, mail);
  } catch (reason) {
    const isOver = run?.isLast || isRefusedForGood(reason);
    await log(ctx, mail, { state: isOver ? 'FAILED' : 'QUEUED', tried: true, error: messageOf(reason), keepsWords: true });
    if (!isOver) throw reason;
    ctx.log.error({ mailId: mail.id, kind: mail.kind }, 'a mail could not be delivered');
    return;
  }
  await log(ctx, mail, { state: 'SENT', tried: true, keepsWords: !mail.isSecret });
}

async function send(smtpUrl: string, { id, to, subject, text, html }: Letterbox): Promise<void> {
  const { origin, mailFrom } = runtime().config;
  const transport = await mailTransport(smtpUrl);
  await transport.sendMail({
    from: mailFrom,
    to,
    subject,
    text,
    html,
    // The same at every try: a receiver that has it already drops the double.
    messageId: `<${id}@${new URL(origin).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  });
}

async function log(ctx: Context, { id, kind, to, subject, text, html }: Letterbox, outcome: Outcome): Promise<void> {
  const words: [string, string] = outcome.keepsWords ? [text, html] : ['', ''];
  await ctx.db.sql(record, id, kind, to, subject, ...words, outcome.state, outcome.error ?? null, outcome.tried ? 1 : 0);
}

/** Whether the server said that this recipient or these words will never be taken. Its complaints about the school are for the operator to mend. */
function isRefusedForGood(reason: unknown): boolean {
  const { responseCode, command } = reason as { responseCode?: number; command?: string };
  return responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
}

let transporter: { url: string; transport: Transporter } | undefined;

/**
 * The way to a mail server. What the URL says after `?` wins, such as `?requireTLS=false`. A password travels encrypted or not at all,
 * and a server that hangs is given up. A school without a mail server never loads what speaks to one.
 */
export async function mailTransport(url: string): Promise<Transporter> {
  if (transporter?.url !== url) {
    const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 30_000 };
    const { username, protocol } = new URL(url);
    const requireTLS = username !== '' && protocol === 'smtp:';
    const { default: nodemailer } = await import('nodemailer');
    transporter = { url, transport: nodemailer.createTransport({ ...patience, requireTLS, url } as object) };
  }
  return transporter.transport;
}

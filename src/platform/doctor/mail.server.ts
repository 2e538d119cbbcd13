import type pg from 'pg';
import type { Config } from '../config.server.ts';
import { messageOf } from '../errors.ts';
import { mailTransport } from '../mail-delivery.server.ts';
import { type Finding, findingsOf } from './finding.ts';
import { isThisMachine } from './machine.server.ts';

/** Whether the mail server answers, lets the school in and encrypts; nothing is sent. */
export async function examineMail(config: Config): Promise<Finding> {
  const { ok, warn, fail } = findingsOf('mail');
  const { smtpUrl, mailFrom, origin } = config;
  if (!smtpUrl) {
    const words = 'no mail server: mails wait in the mailbox at /admin/mail';
    return isThisMachine(new URL(origin).hostname) ? ok(words) : warn(`${words}. Set SMTP_URL, or nobody can confirm an address.`);
  }
  const { hostname, port, protocol } = new URL(smtpUrl);
  const server = `${hostname}:${port || (protocol === 'smtps:' ? 465 : 587)}`;
  try {
    const transport = await mailTransport(smtpUrl);
    await transport.verify();
  } catch (error) {
    return fail(`The mail server ${server} cannot be used (${messageOf(error)}). Check SMTP_URL; mails wait and are tried again.`);
  }
  if (/@localhost>?$/.test(mailFrom))
    return warn(`${server} answers, but mails come from ${mailFrom}. Set MAIL_FROM to an address of the school.`);
  return ok(`${server} answers; mails come from ${mailFrom}`);
}

/** Whether mails of the last week could not be delivered. */
export async function examineFailedMails(owner: pg.Client): Promise<Finding> {
  const { ok, warn } = findingsOf('failed mails');
  const { rows } = await owner.query<{ count: number }>(
    "select count(*)::int as count from email_messages where state = 'FAILED' and updated_at > now() - interval '7 days'",
  );
  const count = rows[0]?.count ?? 0;
  return count === 0 ? ok('none in the last week') : warn(`${count} in the last week. See why at /admin/mail, and send them again.`);
}

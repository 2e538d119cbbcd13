import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { system, testDatabase } from '../../tests/support/database.ts';
import { type MailServer, type MailServerOptions, refusal, startMailServer } from '../../tests/support/mail-server.ts';
import { startTestProcess, type TestProcess } from '../../tests/support/process.ts';
import { inTransaction } from './database/database.server.ts';
import { newId } from './ids.ts';
import { enqueue } from './jobs.server.ts';
import { defineMail, type Mail, registerMails, sendMail, sendMailJob } from './mail.server.ts';
import { freePort } from './ports.server.ts';
import { sweepMailsJob } from './sweep-mails.server.ts';

const database = testDatabase({ actsAs: 'system' });
let school: TestProcess;
let smtp: MailServer | undefined;
let wanted = true;

const greeting = defineMail({
  kind: 'test.greeting',
  schema: z.object({ name: z.string() }),
  subject: ({ name }) => `Grüße an\n${name}`,
  letter: ({ name }) => ({
    heading: 'Greetings',
    paragraphs: [`Hello ${name}`],
    button: { label: 'Come in', url: 'https://school.test/a?b=1' },
  }),
  stillWanted: async () => wanted,
  secret: false,
  example: { name: 'Ada' },
});
const link = defineMail({ ...greeting, kind: 'test.link', secret: undefined });

afterEach(async () => {
  await school.close();
  await smtp?.close();
  smtp = undefined;
});

function start(settings: Record<string, string> = {}): void {
  wanted = true;
  school = startTestProcess(database, { MAIL_FROM: 'École <school@school.test>', ORIGIN: 'https://school.test', ...settings });
  registerMails([greeting, link] as unknown as Mail<never>[]);
}

/** A school with a mail server of its own. */
async function startWithServer(options: MailServerOptions = {}, credentials = '', query = ''): Promise<MailServer> {
  smtp = await startMailServer(options);
  start({ SMTP_URL: smtp.url.replace('smtp://', `smtp://${credentials}`) + query });
  return smtp;
}

const send = (to: string, mail: Mail<{ name: string }> = greeting) => sendMail(database.context(system), mail, to, { name: 'Ada' });

async function log(recipient: string): Promise<{ state: string; attempts: number; error: string | null; text: string }[]> {
  const { rows } = await database.owner.query('select state, attempts, error, text from email_messages where recipient = $1', [recipient]);
  return rows;
}

async function jobsLeft(): Promise<{ attempts: number; waits: boolean; dead: boolean }[]> {
  const { rows } = await database.owner.query(
    `select attempts, attempts > 0 and locked_at is null as waits, attempts >= max_attempts as dead from graphile_worker.jobs
      where task_identifier = 'platform.sendMail'`,
  );
  return rows;
}

/** Lets the time pass that a failed job waits. */
const noMoreWaiting = () => database.owner.query('update graphile_worker._private_jobs set run_at = now() where locked_at is null');
const onlyOneTry = () => database.owner.query('update graphile_worker._private_jobs set max_attempts = 1');

describe('without a mail server', () => {
  test('a mail is kept where an admin reads it', async () => {
    start();
    await send('kept@school.test', link);
    await school.runJobs();
    expect(await log('kept@school.test')).toMatchObject([{ state: 'SENT', attempts: 0, error: null }]);
    expect((await school.mailsTo('kept@school.test'))[0]).toMatchObject({
      subject: 'Grüße an Ada',
      html: expect.stringContaining('Hello Ada'),
    });
  });

  test('a mail of a transaction that fails is never sent', async () => {
    start();
    const attempt = inTransaction(database.context(system), async (ctx) => {
      await sendMail(ctx, greeting, 'undone@school.test', { name: 'Ada' });
      throw new Error('the rest went wrong');
    });
    await expect(attempt).rejects.toThrow('the rest went wrong');
    await school.runJobs();
    expect(await log('undone@school.test')).toEqual([]);
  });

  test('a mail that nobody wants anymore is not sent', async () => {
    start();
    await send('unwanted@school.test');
    wanted = false;
    await school.runJobs();
    expect(await log('unwanted@school.test')).toEqual([]);
  });

  test('after a week the night blanks the words that open accounts, wherever they are, and no others', async () => {
    start();
    await send('week-secret@school.test', link);
    await send('week-plain@school.test');
    await school.runJobs();
    await enqueue(database.context(system), sendMailJob, { mailId: newId(), kind: 'test.link', to: 'dead@school.test', input: {} });
    await database.owner.query(
      "update graphile_worker._private_jobs set max_attempts = 1, attempts = 1, updated_at = now() - interval '1 h'",
    );
    const sweepAfterDays = (days: number) => sweepMailsJob.handler(database.context(system, new Date(Date.now() + days * 86_400_000)), {});
    await sweepAfterDays(6.9);
    expect(await log('week-secret@school.test')).toMatchObject([{ text: expect.stringContaining('https://') }]);
    expect(await jobsLeft()).toHaveLength(1);
    await sweepAfterDays(7.1);
    expect(await log('week-secret@school.test')).toMatchObject([{ state: 'SENT', text: '' }]);
    expect(await log('week-plain@school.test')).toMatchObject([{ state: 'SENT', text: expect.stringContaining('https://') }]);
    expect(await jobsLeft()).toEqual([]);
  });
});

describe('through a mail server', () => {
  test('a mail arrives once, as text and as HTML, from the school to the one it is for', async () => {
    const { deliveries } = await startWithServer();
    await send('ada@school.test');
    await school.runJobs();
    expect(deliveries).toHaveLength(1);
    const { email, recipients } = deliveries[0]!;
    const headers = Object.fromEntries(email.headers.map(({ key, value }) => [key, value]));
    expect(recipients).toEqual(['ada@school.test']);
    expect(email.from).toMatchObject({ name: 'École', address: 'school@school.test' });
    expect(email.to).toMatchObject([{ address: 'ada@school.test' }]);
    expect(email.subject).toBe('Grüße an Ada');
    expect(email.text).toMatch(/Hello Ada\s+Come in:\s+https:\/\/school\.test\/a\?b=1/);
    expect(email.html).toContain('Hello Ada');
    expect(email.html).toContain('href="https://school.test/a?b=1"');
    expect(headers['content-type']).toMatch(/^multipart\/alternative;/);
    expect(headers['auto-submitted']).toBe('auto-generated');
    expect(Math.abs(Date.parse(email.date ?? '') - Date.now())).toBeLessThan(60_000);
    const { rows } = await database.owner.query("select id from email_messages where recipient = 'ada@school.test'");
    expect(email.messageId).toBe(`<${rows[0].id}@school.test>`);
    expect(await log('ada@school.test')).toMatchObject([{ state: 'SENT', attempts: 1, error: null }]);
  });

  test('what opens an account is forgotten as soon as the server has it; what does not stays readable', async () => {
    const { deliveries } = await startWithServer();
    await send('secret@school.test', link);
    await send('plain@school.test');
    await school.runJobs();
    expect(deliveries.map(({ email }) => email.text?.includes('https://'))).toEqual([true, true]);
    expect(await log('secret@school.test')).toMatchObject([{ state: 'SENT', text: '' }]);
    expect((await school.mailsTo('secret@school.test'))[0]).toMatchObject({ subject: 'Grüße an Ada', html: '' });
    expect(await log('plain@school.test')).toMatchObject([{ text: expect.stringContaining('https://') }]);
  });

  const withPasswords: MailServerOptions = {
    disabledCommands: [],
    onAuth: ({ username, password }, _session, done) =>
      username === 'school' && password === 'p@ss word' ? done(null, { user: username }) : done(refusal(535, 'Wrong password')),
  };

  test('a password goes over an encrypted line', async () => {
    const { deliveries } = await startWithServer(withPasswords, 'school:p%40ss%20word@', '?tls.rejectUnauthorized=false');
    await send('bea@school.test');
    await school.runJobs();
    expect(deliveries).toMatchObject([{ encrypted: true, user: 'school' }]);
  });

  test('a password is not told to a server that offers no encryption, nor to one that cannot prove its name', async () => {
    let told = 0;
    const listening: MailServerOptions = { ...withPasswords, onAuth: () => (told += 1), allowInsecureAuth: true };
    await startWithServer({ ...listening, disabledCommands: ['STARTTLS'] }, 'school:p%40ss%20word@');
    await send('open@school.test');
    await onlyOneTry();
    await school.runJobs();
    await school.close();
    await smtp?.close();
    await startWithServer({ ...listening, disabledCommands: [] }, 'school:p%40ss%20word@');
    await send('forged@school.test');
    await onlyOneTry();
    await school.runJobs();
    expect(await log('open@school.test')).toMatchObject([{ state: 'FAILED' }]);
    expect(await log('forged@school.test')).toMatchObject([{ state: 'FAILED' }]);
    expect(told).toBe(0);
  });

  test('one that refuses for now is asked again later, with the same mail, which then arrives once', async () => {
    const ids: string[] = [];
    const { deliveries } = await startWithServer({
      onMail: ({ email }, count) => {
        ids.push(email.messageId ?? '');
        return count === 1 ? refusal(451, 'Try again later') : undefined;
      },
    });
    await send('later@school.test');
    const done = school.runJobs();
    await expect.poll(() => log('later@school.test')).toMatchObject([{ state: 'QUEUED', error: expect.stringContaining('451') }]);
    await expect.poll(jobsLeft).toEqual([{ attempts: 1, waits: true, dead: false }]);
    await noMoreWaiting();
    await done;
    expect(await log('later@school.test')).toMatchObject([{ state: 'SENT', attempts: 2, error: null }]);
    expect(deliveries).toHaveLength(1);
    expect(new Set(ids).size).toBe(1);
  });

  test('one that knows no such recipient is not asked again: the mail has failed, visibly, and its job is gone', async () => {
    await startWithServer({ onRcptTo: (_address, _session, done) => done(refusal(550, 'No such person')) });
    await send('nobody@school.test');
    await school.runJobs();
    expect(await log('nobody@school.test')).toMatchObject([
      { state: 'FAILED', attempts: 1, error: expect.stringContaining('No such person') },
    ]);
    expect(await jobsLeft()).toEqual([]);
  });

  test('one that refuses the school itself is asked again, because the operator can mend that', async () => {
    await startWithServer(withPasswords, 'school:wrong@', '?tls.rejectUnauthorized=false');
    await send('auth@school.test');
    const done = school.runJobs();
    await expect.poll(() => log('auth@school.test')).toMatchObject([{ state: 'QUEUED', error: expect.stringContaining('535') }]);
    await expect.poll(jobsLeft).toMatchObject([{ waits: true, dead: false }]);
    await database.owner.query('delete from graphile_worker._private_jobs where locked_at is null');
    await done;
  });

  test('one that is down is asked again until it is up', async () => {
    const port = await freePort();
    start({ SMTP_URL: `smtp://127.0.0.1:${port}` });
    await send('down@school.test');
    const done = school.runJobs();
    await expect.poll(() => log('down@school.test')).toMatchObject([{ state: 'QUEUED', error: expect.stringContaining('ECONNREFUSED') }]);
    await expect.poll(jobsLeft).toEqual([{ attempts: 1, waits: true, dead: false }]);
    smtp = await startMailServer({ port });
    await noMoreWaiting();
    await done;
    expect(smtp.deliveries).toHaveLength(1);
    expect(await log('down@school.test')).toMatchObject([{ state: 'SENT', attempts: 2 }]);
  });

  test('one that says nothing is given up, and after the last try the mail has failed and leaves no job behind', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    start({ SMTP_URL: `smtp://127.0.0.1:${(silent.address() as { port: number }).port}?greetingTimeout=150` });
    await send('silent@school.test', link);
    await onlyOneTry();
    await school.runJobs();
    silent.close();
    expect(await log('silent@school.test')).toMatchObject([{ state: 'FAILED', attempts: 1, error: expect.stringMatching(/greeting/i) }]);
    expect(await jobsLeft()).toEqual([]);
  });
});

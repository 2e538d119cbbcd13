import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { guest, person, system, testDatabase } from '../../../tests/support/database.ts';
import { type MailServer, startMailServer } from '../../../tests/support/mail-server.ts';
import { startTestProcess, type TestProcess } from '../../../tests/support/process.ts';
import { mailbox, mailMessage, sendMailAgain } from './index.server.ts';

const database = testDatabase();
let smtp: MailServer;
let school: TestProcess;
const ines = person('ADMIN', newId<'user'>(), { name: 'Ines Okafor' });

beforeAll(async () => {
  await database.owner.query("insert into users (id, name, email, role) values ($1, $2, $3, 'ADMIN')", [ines.id, ines.name, ines.email]);
  smtp = await startMailServer();
  school = startTestProcess(database, { SMTP_URL: smtp.url });
});
afterEach(() => smtp.deliveries.splice(0));
afterAll(async () => {
  await school.close();
  await smtp.close();
});

async function mail(state: 'FAILED' | 'KEPT' | 'SENT' | 'QUEUED', text = 'Hello Ada', kind = 'accounts.passwordChanged'): Promise<string> {
  const id = newId();
  await database.owner.query(
    `insert into email_messages (id, kind, recipient, subject, text, html, state, error, attempts, sent_at)
     values ($1, $2, 'ada@school.test', 'Hello', $3, '<p>Hello Ada</p>', $4::email_state, $5, $6, $7)`,
    [
      id,
      kind,
      text,
      state === 'KEPT' ? 'SENT' : state,
      state === 'FAILED' ? '550 Unknown' : null,
      state === 'KEPT' ? 0 : 3,
      state === 'KEPT' || state === 'SENT' ? new Date() : null,
    ],
  );
  return id;
}

const admin = () => database.context(ines, new Date());

test('a mail that failed is sent as it was written, once, however often the button is pressed, and the log says who pressed it', async () => {
  const id = await mail('FAILED');
  const presses = await Promise.allSettled([sendMailAgain(admin(), { id }), sendMailAgain(admin(), { id })]);
  expect(presses.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await school.runJobs();
  expect(smtp.deliveries).toHaveLength(1);
  expect(smtp.deliveries[0]).toMatchObject({
    recipients: ['ada@school.test'],
    email: { subject: 'Hello', messageId: `<${id}@localhost>` },
  });
  expect(await mailMessage(admin(), { id })).toMatchObject({ state: 'SENT', error: null, attempts: 4, text: 'Hello Ada' });
  const { rows } = await database.owner.query('select action, subject_id as id, after from audit_log where actor_id = $1', [ines.id]);
  expect(rows).toEqual([{ action: 'notifications.mailSentAgain', id, after: { kind: 'accounts.passwordChanged' } }]);
});

test('a mail from before there was a mail server is sent too, and what opens an account is forgotten then', async () => {
  const id = await mail('KEPT', 'Open https://school.test/reset?token=1', 'accounts.resetPassword');
  expect((await mailbox(admin(), {})).mails[0]).toMatchObject({ id, state: 'KEPT' });
  await sendMailAgain(admin(), { id });
  await school.runJobs();
  expect(smtp.deliveries[0]?.email.text).toContain('token=1');
  expect(await mailMessage(admin(), { id })).toMatchObject({ state: 'SENT', text: '', html: '' });
});

test.each([
  ['that has gone out', 'SENT', 'Hello'],
  ['that is on its way', 'QUEUED', 'Hello'],
  ['whose words are gone', 'FAILED', ''],
] as const)('a mail %s is not sent again', async (_, state, text) => {
  const id = await mail(state, text);
  await expect(sendMailAgain(admin(), { id })).rejects.toMatchObject({ code: 'conflict' });
  await expect(sendMailAgain(admin(), { id: 'nonsense' })).rejects.toMatchObject({ code: 'conflict' });
});

test.each([guest, system, person('STUDENT'), person('INSTRUCTOR')])('nobody but an admin sends a mail again: %#', async (actor) => {
  const id = await mail('FAILED');
  await expect(sendMailAgain(database.context(actor), { id })).rejects.toMatchObject({ code: 'forbidden' });
});

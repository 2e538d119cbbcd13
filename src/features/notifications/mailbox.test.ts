import { beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/ids.ts';
import { guest, person, system, testDatabase } from '../../../tests/support/database.ts';
import { mailbox, mailMessage } from './index.server.ts';

const database = testDatabase();
const ids: string[] = [];

beforeAll(async () => {
  for (let number = 1; number <= 60; number += 1) {
    const id = newId();
    ids.push(id);
    await database.owner.query(
      `insert into email_messages (id, kind, recipient, subject, text, html, state, error, sent_at)
       values ($1, 'test.mail', 'ada@school.test', $2, 'Plain', '<p>Rich</p>', $3::email_state, $4, case when $3 = 'SENT' then now() end)`,
      [id, `Mail ${number}`, number === 60 ? 'FAILED' : 'SENT', number === 60 ? 'Mailbox full' : null],
    );
  }
});

const admin = () => database.context(person('ADMIN'));

test('an admin reads the mails from the newest to the oldest, each once, page by page', async () => {
  const subjects: string[] = [];
  let before: string | null = null;
  let pages = 0;
  do {
    const page = await mailbox(admin(), { before });
    subjects.push(...page.mails.map((mail) => mail.subject));
    before = page.older;
    pages += 1;
  } while (before);
  expect(pages).toBe(3);
  expect(subjects).toEqual(Array.from({ length: 60 }, (_, index) => `Mail ${60 - index}`));
});

test('an address that is no place in the mailbox shows the newest', async () => {
  expect((await mailbox(admin(), { before: "' or 1=1" })).mails[0]?.subject).toBe('Mail 60');
});

test('a mail is shown in full, with why it failed', async () => {
  expect(await mailMessage(admin(), { id: ids[59] ?? '' })).toMatchObject({
    to: 'ada@school.test',
    text: 'Plain',
    html: '<p>Rich</p>',
    state: 'FAILED',
    error: 'Mailbox full',
  });
});

test.each(['nonsense', newId()])('there is no mail %s', async (id) => {
  await expect(mailMessage(admin(), { id })).rejects.toMatchObject({ code: 'not-found' });
});

test.each([guest, person('STUDENT'), person('INSTRUCTOR'), system])('nobody else reads the mailbox: %#', async (actor) => {
  await expect(mailbox(database.context(actor), {})).rejects.toMatchObject({ code: 'forbidden' });
  await expect(mailMessage(database.context(actor), { id: ids[0] ?? '' })).rejects.toMatchObject({ code: 'forbidden' });
});

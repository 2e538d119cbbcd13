import { expect, test } from 'vitest';
import { guest } from '../../../../tests/support/database.ts';
import { client, testSchool } from '../../../../tests/support/test-school.ts';
import { createUser, isResetLinkOpen, requestPasswordReset, resetPassword, signIn } from '../index.server.ts';

const school = testSchool();

const oldPassword = 'lakes and nine tin boats';
const password = 'eleven quiet green lamps';
const asGuest = (now = new Date()) => school.database.context(guest, now);
const enter = (email: string, word: string) => signIn(asGuest(), { email, password: word, remember: true, client });

async function make(email: string, more: Partial<Parameters<typeof createUser>[1]> = {}) {
  return createUser(school.asProgram(), { name: 'Ada Lovelace', email, password: oldPassword, ...more });
}

/** Asks for a link and gives its token. */
async function linkFor(email: string): Promise<string> {
  await requestPasswordReset(asGuest(), { email, client });
  await school.runJobs();
  const mail = (await school.mailsTo(email)).filter(({ kind }) => kind === 'accounts.resetPassword').at(-1);
  return new URL(/http\S+/.exec(mail?.text ?? '')?.[0] ?? '').searchParams.get('token') ?? '';
}

test('the owner of a mailed link chooses a new password, every session ends, and they are told', async () => {
  const { id } = await make('ada@school.test');
  await enter('ada@school.test', oldPassword);
  const token = await linkFor('ada@school.test');
  expect(await isResetLinkOpen(asGuest(), { token })).toBe(true);
  expect(await resetPassword(asGuest(), { token, password, client })).toEqual({ kind: 'changed' });
  expect((await school.database.owner.query('select 1 from sessions where user_id = $1', [id])).rows).toEqual([]);
  await expect(enter('ada@school.test', oldPassword)).rejects.toMatchObject({ code: 'invalid' });
  expect((await enter('ada@school.test', password)).kind).toBe('signed-in');
  await school.runJobs();
  expect((await school.mailsTo('ada@school.test')).map((mail) => mail.kind)).toEqual([
    'accounts.resetPassword',
    'accounts.passwordChanged',
  ]);
});

test('a link works once, whoever of two is first', async () => {
  await make('twice@school.test');
  const token = await linkFor('twice@school.test');
  const answers = await Promise.all([
    resetPassword(asGuest(), { token, password, client }),
    resetPassword(asGuest(), { token, password: `${password} two`, client }),
  ]);
  expect(answers.map((answer) => answer.kind).sort()).toEqual(['changed', 'expired']);
  expect(await isResetLinkOpen(asGuest(), { token })).toBe(false);
});

test('a link of more than an hour and a made-up one change nothing', async () => {
  await make('late@school.test');
  const token = await linkFor('late@school.test');
  expect(await resetPassword(asGuest(new Date(Date.now() + 3_601_000)), { token, password, client })).toEqual({ kind: 'expired' });
  expect(await resetPassword(asGuest(), { token: 'made-up', password, client })).toEqual({ kind: 'expired' });
  expect(await isResetLinkOpen(asGuest(), { token: '' })).toBe(false);
  expect((await enter('late@school.test', oldPassword)).kind).toBe('signed-in');
});

test('an address without an account gets no mail and the same answer', async () => {
  expect(await requestPasswordReset(asGuest(), { email: 'nobody@school.test', client })).toBeUndefined();
  await school.runJobs();
  expect(await school.mailsTo('nobody@school.test')).toEqual([]);
});

test('a password that is too easy is refused, and the link stays open for a better one', async () => {
  await make('easy@school.test');
  const token = await linkFor('easy@school.test');
  for (const easy of ['short', 'password1234', 'Ada Lovelace 1815']) {
    await expect(resetPassword(asGuest(), { token, password: easy, client })).rejects.toMatchObject({
      code: 'invalid',
      fields: { password: expect.any(String) },
    });
  }
  expect(await resetPassword(asGuest(), { token, password, client })).toEqual({ kind: 'changed' });
});

test('the mail proves the address: a reset confirms it, and gives a password to whoever had none', async () => {
  await make('unconfirmed@school.test', { emailVerified: false, password: undefined });
  await resetPassword(asGuest(), { token: await linkFor('unconfirmed@school.test'), password, client });
  expect((await enter('unconfirmed@school.test', password)).kind).toBe('signed-in');
});

test('no link can be read out of the database', async () => {
  await make('hashed@school.test');
  const token = await linkFor('hashed@school.test');
  const { rows } = await school.database.owner.query('select identifier, value from verifications');
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('one address is mailed five links an hour at the most', async () => {
  for (let attempt = 0; attempt < 5; attempt += 1) await requestPasswordReset(asGuest(), { email: 'flood@school.test', client });
  await expect(requestPasswordReset(asGuest(), { email: 'Flood@School.test', client })).rejects.toMatchObject({ code: 'too-many' });
});

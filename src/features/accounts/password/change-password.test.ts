import { expect, test } from 'vitest';
import type { TestBrowser } from '../../../../tests/support/test-browser.ts';
import { client, password as oldPassword, testSchool } from '../../../../tests/support/test-school.ts';
import { actorOf, changePassword, hasPassword, signIn } from '../index.server.ts';

const school = testSchool();
const password = 'eleven quiet green lamps';

const change = async (browser: TestBrowser, more: Partial<{ oldPassword: string; password: string; endOthers: boolean; now: Date }> = {}) =>
  changePassword(await browser.context(more.now), { oldPassword, password, endOthers: true, ...more, client: browser.client });
const enter = (email: string, word: string) => signIn(school.asGuest(), { email, password: word, remember: true, client });

test('a new password ends every other session, gives this browser a new one, and its owner is told', async () => {
  const { id } = await school.make('ada@school.test');
  const other = await school.browserOf('ada@school.test');
  const browser = await school.browserOf('ada@school.test');
  const { cookies } = await change(browser);
  for (const gone of [other, browser]) expect(await actorOf(gone.headers, new Date())).toEqual({ kind: 'guest' });
  expect((await school.browserWith(cookies).context()).actor.id).toBe(id);
  await expect(enter('ada@school.test', oldPassword)).rejects.toMatchObject({ code: 'invalid' });
  expect((await enter('ada@school.test', password)).kind).toBe('signed-in');
  await school.runJobs();
  const mails = await school.mailsTo('ada@school.test');
  expect(mails.map(({ kind }) => kind)).toEqual(['accounts.passwordChanged']);
  expect(mails[0]?.text).toContain('every other browser was signed out');
  const { rows } = await school.database.owner.query('select action from audit_log where actor_id = $1', [id]);
  expect(rows).toEqual([{ action: 'accounts.passwordChanged' }]);
});

test('who wishes it stays signed in elsewhere', async () => {
  await school.make('bea@school.test');
  const other = await school.browserOf('bea@school.test');
  await change(await school.browserOf('bea@school.test'), { endOthers: false });
  expect((await other.context()).actor.email).toBe('bea@school.test');
  await school.runJobs();
  expect((await school.mailsTo('bea@school.test')).at(-1)?.text).not.toContain('signed out');
});

test('the old password is asked, even right after signing in', async () => {
  await school.make('carl@school.test');
  const browser = await school.browserOf('carl@school.test');
  for (const wrong of ['', 'not the password']) {
    await expect(change(browser, { oldPassword: wrong })).rejects.toMatchObject({
      code: 'invalid',
      fields: { oldPassword: 'That is not your password.' },
    });
  }
  expect((await enter('carl@school.test', oldPassword)).kind).toBe('signed-in');
});

test('whoever has none sets their first after a fresh proof', async () => {
  const { id } = await school.make('dora@school.test');
  const browser = await school.browserOf('dora@school.test');
  await school.database.owner.query('delete from accounts where user_id = $1', [id]);
  expect(await hasPassword(await browser.context())).toBe(false);
  const later = new Date(Date.now() + 16 * 60_000);
  await expect(change(browser, { now: later })).rejects.toMatchObject({ code: 'forbidden', message: 'Confirm that it is you first.' });
  await change(browser, { oldPassword: '' });
  expect((await enter('dora@school.test', password)).kind).toBe('signed-in');
});

test.each([
  ['short', '12 characters'],
  [oldPassword, 'do not have already'],
  ['Ada Lovelace 1815', 'your name'],
  ['password1234', 'easy to guess'],
])('%j is refused at its field, and nothing is changed', async (weak, why) => {
  await school.make('eve@school.test', { ifExists: 'keep' });
  const browser = await school.browserOf('eve@school.test');
  await expect(change(browser, { password: weak })).rejects.toMatchObject({ fields: { password: expect.stringContaining(why) } });
  expect((await browser.context()).actor.email).toBe('eve@school.test');
});

test('a guest, an API key and an admin who acts as somebody change no password', async () => {
  const input = { oldPassword, password, endOthers: true, client: { ...client, cookieHeader: '' } };
  await expect(changePassword(school.asGuest(), input)).rejects.toMatchObject({ code: 'sign-in-required' });
  const { id } = await school.make('admin@school.test', { role: 'ADMIN' });
  await school.make('frida@school.test');
  const ctx = await (await school.browserOf('frida@school.test')).context();
  const { session, ...withoutBrowser } = ctx.actor;
  await expect(changePassword({ ...ctx, actor: withoutBrowser }, input)).rejects.toMatchObject({ code: 'forbidden' });
  const acting = { ...ctx, actor: { ...ctx.actor, session: { ...session, impersonator: { id, name: 'Ines' } } } };
  await expect(changePassword(acting, input)).rejects.toMatchObject({ code: 'forbidden' });
  expect((await enter('frida@school.test', oldPassword)).kind).toBe('signed-in');
});

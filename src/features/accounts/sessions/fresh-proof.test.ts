import { expect, test } from 'vitest';
import type { Actor } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { person } from '../../../../tests/support/person.ts';
import type { TestBrowser } from '../../../../tests/support/test-browser.ts';
import { password, testSchool } from '../../../../tests/support/test-school.ts';
import { actorOf, confirmIdentity, isFresh, requireFreshProof } from '../index.server.ts';

const now = new Date('2026-05-04T10:00:00Z');
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const inSession = (startedAt: Date, impersonator: { id: ReturnType<typeof newId<'user'>>; name: string } | null = null): Actor => ({
  ...person('STUDENT'),
  session: { id: newId(), startedAt, impersonator },
});

test.each<[string, Actor, boolean]>([
  ['a guest', { kind: 'guest' }, false],
  ['the program itself', { kind: 'system' }, false],
  ['somebody without a browser, as an API key is', person('STUDENT'), false],
  ['whoever has just signed in', inSession(now), true],
  ['whoever signed in 15 minutes ago', inSession(before(15)), true],
  ['whoever signed in longer ago', inSession(before(15.1)), false],
  ['an admin who acts as somebody else', inSession(now, { id: newId(), name: 'Ines' }), false],
])('the proof of %s is fresh: %#', (_, actor, fresh) => {
  expect(isFresh(actor, now)).toBe(fresh);
});

const school = testSchool();
const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
const confirm = async (browser: TestBrowser, word: string, when: Date) =>
  confirmIdentity(await browser.context(when), { password: word, client: browser.client });

test('after a while a sensitive change asks for a proof, and the password gives one', async () => {
  await school.make('ada@school.test');
  const browser = await school.browserOf('ada@school.test');
  const later = hours(2);
  const ctx = await browser.context(later);
  expect(() => requireFreshProof(ctx)).toThrow('Confirm that it is you first.');
  const { cookies } = await confirm(browser, password, later);
  const renewed = school.browserWith(cookies);
  expect(isFresh((await renewed.context(later)).actor, later)).toBe(true);
  expect(await actorOf(browser.headers, later)).toEqual({ kind: 'guest' });
});

test.each([
  [true, 30 * 24],
  [false, 24],
])('whether a session is remembered (%s) stays as it was', async (remember, hoursLeft) => {
  const email = `remember-${remember}@school.test`;
  const { id } = await school.make(email);
  const browser = await school.browserOf(email, { remember });
  const { cookies } = await confirm(browser, password, hours(1));
  const kept = cookies.filter(({ value }) => value !== '');
  expect(kept.map(({ name }) => name)).toEqual(remember ? ['lyceum.session_token'] : ['lyceum.session_token', 'lyceum.dont_remember']);
  expect(kept.every(({ options }) => (options.maxAge === undefined) === !remember)).toBe(true);
  const { rows } = await school.database.owner.query(
    'select extract(epoch from expires_at - created_at)::int / 3600 as hours from sessions where user_id = $1',
    [id],
  );
  expect(rows).toEqual([{ hours: hoursLeft }]);
});

test('a wrong password proves nothing and keeps the session; ten of them close the door for a while', async () => {
  await school.make('guessed@school.test');
  const browser = await school.browserOf('guessed@school.test');
  const refusal = { code: 'invalid', fields: { password: 'That is not your password.' } };
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await expect(confirm(browser, 'not the password', hours(1))).rejects.toMatchObject(refusal);
  }
  await expect(confirm(browser, password, hours(1))).rejects.toMatchObject({ code: 'too-many' });
  expect((await browser.context()).actor.email).toBe('guessed@school.test');
});

test('whoever has no password cannot confirm by one', async () => {
  const { id } = await school.make('link@school.test');
  const browser = await school.browserOf('link@school.test');
  await school.database.owner.query('delete from accounts where user_id = $1', [id]);
  await expect(confirm(browser, password, hours(1))).rejects.toMatchObject({ code: 'invalid' });
});

test('an admin who acts as somebody proves nothing in their name', async () => {
  const { id } = await school.make('admin@school.test', { role: 'ADMIN' });
  await school.make('acted@school.test');
  const browser = await school.browserOf('acted@school.test');
  await school.database.owner.query(
    "update sessions set impersonated_by = $1 where user_id = (select id from users where email = 'acted@school.test')",
    [id],
  );
  await expect(confirm(browser, password, new Date())).rejects.toMatchObject({ code: 'forbidden' });
});

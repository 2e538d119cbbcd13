import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '#platform/context.ts';
import { createTestDatabase, guest, system, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { createUser, type SessionCookie, signIn, signOut } from '../index.server.ts';
import { countAttempt } from '../limits.ts';

let database: TestDatabase;
let school: TestProcess;

const password = 'lakes and nine tin boats';
const client = { address: '203.0.113.7', userAgent: 'Test browser' };
const asGuest = () => database.context(guest, new Date());
const asProgram = () => database.context(system, new Date());

beforeAll(async () => {
  database = await createTestDatabase();
  school = startTestProcess(database);
});
afterAll(async () => {
  await school.close();
  await database.drop();
});

async function make(email: string, more: Partial<Parameters<typeof createUser>[1]> = {}) {
  return createUser(asProgram(), { name: 'Ada Lovelace', email, password, ...more });
}

const enter = (email: string, more: Partial<{ password: string; remember: boolean; ctx: Context }> = {}) =>
  signIn(more.ctx ?? asGuest(), { email, password: more.password ?? password, remember: more.remember ?? true, client });

async function cookiesOf(email: string, remember = true): Promise<SessionCookie[]> {
  const answer = await enter(email, { remember });
  if (answer.kind !== 'signed-in') throw new Error(`${email} was not signed in`);
  return answer.cookies;
}

async function sessionsOf(email: string): Promise<{ token: string; seconds: number; address: string; agent: string }[]> {
  const { rows } = await database.owner.query(
    `select s.token, extract(epoch from s.expires_at - now())::int as seconds, s.ip_address as address, s.user_agent as agent
       from sessions s join users u on u.id = s.user_id where u.email = $1 order by s.created_at`,
    [email],
  );
  return rows;
}

test('the right password begins a session that remembers the browser', async () => {
  await make('ada@school.test');
  const cookies = await cookiesOf('ada@school.test');
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatchObject({
    name: 'lyceum.session_token',
    options: { httpOnly: true, sameSite: 'lax', secure: false, path: '/' },
  });
  expect(cookies[0]?.options.maxAge).toBeGreaterThan(300 * 86_400);
  expect(await sessionsOf('ada@school.test')).toMatchObject([
    { address: '203.0.113.7', agent: 'Test browser', seconds: expect.closeTo(30 * 86_400, -3) },
  ]);
});

test('whoever is not remembered has cookies that end with the browser and a session that ends within a day', async () => {
  await make('brief@school.test');
  const cookies = await cookiesOf('brief@school.test', false);
  expect(cookies.map(({ name, options }) => [name, options.maxAge])).toEqual([
    ['lyceum.session_token', undefined],
    ['lyceum.dont_remember', undefined],
  ]);
  expect((await sessionsOf('brief@school.test'))[0]?.seconds).toBeLessThanOrEqual(86_400);
});

test('a wrong password and an unknown address are refused in the same words', async () => {
  await make('known@school.test');
  const refusal = { code: 'invalid', message: 'The e-mail address or the password is not right.', fields: {} };
  await expect(enter('known@school.test', { password: 'not the password' })).rejects.toMatchObject(refusal);
  await expect(enter('unknown@school.test')).rejects.toMatchObject(refusal);
  await expect(enter('known@school.test', { password: 'x'.repeat(5000) })).rejects.toMatchObject(refusal);
  expect(await sessionsOf('known@school.test')).toEqual([]);
});

test('an account without a password cannot be entered by any', async () => {
  await make('passwordless@school.test', { password: undefined });
  await expect(enter('passwordless@school.test')).rejects.toMatchObject({ code: 'invalid' });
});

test('every sign-in has a token of its own', async () => {
  await make('tokens@school.test');
  const [first] = await cookiesOf('tokens@school.test');
  const [second] = await cookiesOf('tokens@school.test');
  expect(first?.value).not.toBe(second?.value);
  expect(new Set((await sessionsOf('tokens@school.test')).map((session) => session.token)).size).toBe(2);
});

test('signing out deletes the session and makes the browser forget it', async () => {
  await make('leaver@school.test');
  const [cookie] = await cookiesOf('leaver@school.test');
  const gone = await signOut(asGuest(), { cookieHeader: `${cookie?.name}=${encodeURIComponent(cookie?.value ?? '')}` });
  expect(gone).toContainEqual(
    expect.objectContaining({ name: 'lyceum.session_token', value: '', options: expect.objectContaining({ maxAge: 0 }) }),
  );
  expect(await sessionsOf('leaver@school.test')).toEqual([]);
});

test('a cookie with a made-up signature signs nobody out', async () => {
  await make('stayer@school.test');
  await cookiesOf('stayer@school.test');
  const [session] = await sessionsOf('stayer@school.test');
  await signOut(asGuest(), { cookieHeader: `lyceum.session_token=${session?.token}.${encodeURIComponent(btoa('x'.repeat(32)))}` });
  expect(await sessionsOf('stayer@school.test')).toHaveLength(1);
});

test('a banned person is told so after the right password only, and no session begins', async () => {
  const { id } = await make('banned@school.test');
  await database.owner.query('update users set banned = true where id = $1', [id]);
  await expect(enter('banned@school.test', { password: 'not the password' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(enter('banned@school.test')).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('suspended') });
  expect(await sessionsOf('banned@school.test')).toEqual([]);
});

test('ten wrong passwords close an account for a while; sign-ins that succeed do not count', async () => {
  await make('target@school.test');
  for (let attempt = 0; attempt < 9; attempt += 1)
    await enter('target@school.test', { password: 'not the password' }).catch(() => undefined);
  for (let attempt = 0; attempt < 3; attempt += 1) await cookiesOf('target@school.test');
  await expect(enter('target@school.test', { password: 'not the password' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(enter('target@school.test')).rejects.toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number) });
});

test('one machine may not try many accounts, whichever of its addresses it uses', async () => {
  const codes: unknown[] = [];
  for (let guess = 1; guess <= 61; guess += 1) {
    const machine = { address: `2001:db8:1:2::${guess.toString(16)}`, userAgent: 'Test' };
    codes.push(await countAttempt('signIn', machine, `guess${guess}@school.test`).catch((error: { code: string }) => error.code));
  }
  expect(codes).toEqual([...Array(60).fill(undefined), 'too-many']);
  await expect(countAttempt('signIn', client, 'guess61@school.test')).resolves.toBeUndefined();
});

test('bad input is named at its field', async () => {
  await expect(enter('nobody', { password: '' })).rejects.toMatchObject({
    code: 'invalid',
    fields: { email: expect.any(String), password: 'Enter your password.' },
  });
});

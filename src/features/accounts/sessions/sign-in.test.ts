import { expect, test } from 'vitest';
import { client, password, testSchool } from '../../../../tests/support/test-school.ts';
import { actorOf, type SessionCookie, signIn, signOut } from '../index.server.ts';
import { countAttempt } from '../limits.ts';

const school = testSchool();

const enter = (email: string, more: Partial<{ password: string; remember: boolean; cookieHeader: string }> = {}) =>
  signIn(school.asGuest(), {
    email,
    password: more.password ?? password,
    remember: more.remember ?? true,
    client: { ...client, cookieHeader: more.cookieHeader },
  });

async function cookiesOf(email: string, remember = true): Promise<SessionCookie[]> {
  const answer = await enter(email, { remember });
  if (answer.kind !== 'signed-in') throw new Error(`${email} was not signed in`);
  return answer.cookies;
}

async function sessionsOf(email: string): Promise<{ token: string; seconds: number; address: string; agent: string }[]> {
  const { rows } = await school.database.owner.query(
    `select s.token, extract(epoch from s.expires_at - now())::int as seconds, s.ip_address as address, s.user_agent as agent
       from sessions s join users u on u.id = s.user_id where u.email = $1 order by s.created_at`,
    [email],
  );
  return rows;
}

test('the right password begins a session that remembers the browser', async () => {
  await school.make('ada@school.test');
  const cookies = await cookiesOf('ada@school.test');
  expect(cookies).toHaveLength(1);
  expect(cookies[0]).toMatchObject({
    name: 'lyceum.session_token',
    options: { httpOnly: true, sameSite: 'lax', secure: false, path: '/' },
  });
  expect(cookies[0]?.options.maxAge).toBeGreaterThan(300 * 86_400);
  expect(await sessionsOf('ada@school.test')).toMatchObject([
    { address: '203.0.113.7', agent: 'Test', seconds: expect.closeTo(30 * 86_400, -3) },
  ]);
});

test('whoever is not remembered has cookies that end with the browser and a session that ends within a day', async () => {
  await school.make('brief@school.test');
  const cookies = await cookiesOf('brief@school.test', false);
  expect(cookies.map(({ name, options }) => [name, options.maxAge])).toEqual([
    ['lyceum.session_token', undefined],
    ['lyceum.dont_remember', undefined],
  ]);
  expect((await sessionsOf('brief@school.test'))[0]?.seconds).toBeLessThanOrEqual(86_400);
});

test('a session begins at the moment of the request', async () => {
  await school.make('moment@school.test');
  const now = new Date('2031-03-01T10:00:00Z');
  const browser = await school.browserOf('moment@school.test', { now });
  expect((await browser.context(now)).actor.session.startedAt).toEqual(now);
  expect(await actorOf(browser.headers, new Date('2031-03-31T10:00:01Z'))).toEqual({ kind: 'guest' });
});

test('whether somebody is banned is asked for the moment of the request', async () => {
  const { id } = await school.make('paused@school.test');
  await school.database.owner.query("update users set banned = true, ban_expires = '2031-03-01T10:00:00Z' where id = $1", [id]);
  await expect(school.browserOf('paused@school.test', { now: new Date('2031-03-01T09:59:59Z') })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await school.browserOf('paused@school.test', { now: new Date('2031-03-01T10:00:01Z') });
});

test('a wrong password and an unknown address or username are refused in the same words', async () => {
  await school.make('known@school.test');
  const refusal = { code: 'invalid', message: 'The e-mail address, username or password is not right.', fields: {} };
  await expect(enter('known@school.test', { password: 'not the password' })).rejects.toMatchObject(refusal);
  await expect(enter('unknown@school.test')).rejects.toMatchObject(refusal);
  await expect(enter('unknown-name')).rejects.toMatchObject(refusal);
  await expect(enter('No Name, No Address')).rejects.toMatchObject(refusal);
  await expect(enter('known@school.test', { password: 'x'.repeat(5000) })).rejects.toMatchObject(refusal);
  expect(await sessionsOf('known@school.test')).toEqual([]);
});

test('unknown names take the time of a wrong password: as long as its hash', async () => {
  await school.make('timed@school.test');
  const least = new Map(['timed@school.test', 'unknown-address@school.test', 'unknown-username'].map((name) => [name, Infinity]));
  // In turns, and the quickest of each: whatever else the machine does makes some slower, and none quicker.
  for (let round = 0; round < 5; round += 1) {
    for (const [name, leastMs] of least) {
      const started = performance.now();
      await enter(name, { password: 'not the password' }).catch(() => undefined);
      least.set(name, Math.min(leastMs, performance.now() - started));
    }
  }
  expect(Math.max(...least.values()) / Math.min(...least.values())).toBeLessThan(3);
});

test('an account without a password cannot be entered by any', async () => {
  await school.make('passwordless@school.test', { password: undefined });
  await expect(enter('passwordless@school.test')).rejects.toMatchObject({ code: 'invalid' });
});

test('every sign-in has a token of its own, whatever the browser brings', async () => {
  await school.make('tokens@school.test');
  const planted = `lyceum.session_token=planted.${encodeURIComponent(btoa('x'.repeat(32)))}; lyceum.session_token=planted`;
  await enter('tokens@school.test', { cookieHeader: planted });
  await enter('tokens@school.test', { cookieHeader: planted });
  const tokens = (await sessionsOf('tokens@school.test')).map((session) => session.token);
  expect(new Set(tokens).size).toBe(2);
  expect(tokens).not.toContain('planted');
});

test('a session that an attacker began in the browser ends when its owner signs in, and is not theirs', async () => {
  await school.make('attacker@school.test');
  await school.make('victim@school.test');
  const planted = await school.browserOf('attacker@school.test');
  const victims = await school.browserOf('victim@school.test', { cookieHeader: planted.cookieHeader });
  expect(await actorOf(planted.headers, new Date())).toEqual({ kind: 'guest' });
  expect((await victims.context()).actor.email).toBe('victim@school.test');
});

test('whoever signs in again in the same browser has one session, and is remembered as they said last', async () => {
  await school.make('again@school.test');
  const brief = await school.browserOf('again@school.test', { remember: false });
  const answer = await enter('again@school.test', { cookieHeader: brief.cookieHeader });
  expect(await sessionsOf('again@school.test')).toHaveLength(1);
  expect('cookies' in answer && answer.cookies).toContainEqual(
    expect.objectContaining({ name: 'lyceum.dont_remember', options: expect.objectContaining({ maxAge: 0 }) }),
  );
});

test('a refused sign-in leaves the session that the browser has', async () => {
  await school.make('mistyped@school.test');
  const browser = await school.browserOf('mistyped@school.test');
  await enter('mistyped@school.test', { password: 'not the password', cookieHeader: browser.cookieHeader }).catch(() => undefined);
  expect((await browser.context()).actor.email).toBe('mistyped@school.test');
});

test('signing out deletes the session and makes the browser forget it: the cookie is worth nothing to a thief', async () => {
  await school.make('leaver@school.test');
  const browser = await school.browserOf('leaver@school.test');
  const gone = await signOut(school.asGuest(), browser);
  expect(gone).toContainEqual(
    expect.objectContaining({ name: 'lyceum.session_token', value: '', options: expect.objectContaining({ maxAge: 0 }) }),
  );
  expect(await sessionsOf('leaver@school.test')).toEqual([]);
  expect(await actorOf(browser.headers, new Date())).toEqual({ kind: 'guest' });
});

test('a cookie with a made-up signature signs nobody out', async () => {
  await school.make('stayer@school.test');
  await cookiesOf('stayer@school.test');
  const [session] = await sessionsOf('stayer@school.test');
  await signOut(school.asGuest(), {
    cookieHeader: `lyceum.session_token=${session?.token}.${encodeURIComponent(btoa('x'.repeat(32)))}`,
  });
  expect(await sessionsOf('stayer@school.test')).toHaveLength(1);
});

test('a banned person is told so after the right password only, and no session begins', async () => {
  const { id } = await school.make('banned@school.test');
  await school.database.owner.query('update users set banned = true where id = $1', [id]);
  await expect(enter('banned@school.test', { password: 'not the password' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(enter('banned@school.test')).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('suspended') });
  expect(await sessionsOf('banned@school.test')).toEqual([]);
});

test('ten wrong passwords close an account for a while, by whichever name; sign-ins that succeed do not count', async () => {
  const { id } = await school.make('target@school.test');
  await school.database.owner.query("update users set username = 'target' where id = $1", [id]);
  for (let attempt = 0; attempt < 5; attempt += 1)
    await enter('target@school.test', { password: 'not the password' }).catch(() => undefined);
  for (let attempt = 0; attempt < 4; attempt += 1) await enter('Target', { password: 'not the password' }).catch(() => undefined);
  for (let attempt = 0; attempt < 3; attempt += 1) await cookiesOf('target@school.test');
  await expect(enter('target@school.test', { password: 'not the password' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(enter('target@school.test')).rejects.toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number) });
  await expect(enter('target')).rejects.toMatchObject({ code: 'too-many' });
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
  await expect(enter('nobody@', { password: '' })).rejects.toMatchObject({
    code: 'invalid',
    fields: { email: expect.stringContaining('such as'), password: 'Enter your password.' },
  });
  await expect(enter(' ')).rejects.toMatchObject({ fields: { email: 'Enter your e-mail address or your username.' } });
});

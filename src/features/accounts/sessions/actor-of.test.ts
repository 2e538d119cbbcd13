import { afterEach, beforeEach, expect, test } from 'vitest';
import { runtime } from '#platform/runtime.server.ts';
import { guest, system, testDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { auth } from '../auth.server.ts';
import { actorOf, createUser, signIn } from '../index.server.ts';

const database = testDatabase();
let school: TestProcess;

beforeEach(() => {
  school = startTestProcess(database);
});
afterEach(() => school.close());

const password = 'lakes and nine tin boats';
const client = { address: '203.0.113.7', userAgent: 'Test' };
const day = 86_400_000;
let number = 0;

/** Someone new who has just signed in: their request's headers. */
async function someoneSignedIn(options: { remember?: boolean; email?: string } = {}) {
  number += 1;
  const email = options.email ?? `person${number}@school.test`;
  const { id } = await createUser(database.context(system, new Date()), { name: 'Ada Lovelace', email, password, ifExists: 'keep' });
  const answer = await signIn(database.context(guest, new Date()), { email, password, remember: options.remember ?? true, client });
  if (answer.kind !== 'signed-in') throw new Error('Not signed in');
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
  return { id, email, headers: new Headers({ cookie: `theme=dark; ${cookie}` }) };
}

async function hoursLeft(userId: string, now: Date): Promise<number> {
  const { rows } = await database.owner.query<{ ends: Date }>('select expires_at as ends from sessions where user_id = $1', [userId]);
  return Math.round(((rows[0]?.ends.getTime() ?? 0) - now.getTime()) / 3_600_000);
}

test('the person of a session acts', async () => {
  const { id, email, headers } = await someoneSignedIn();
  expect(await actorOf(headers, new Date())).toEqual({
    kind: 'person',
    id,
    email,
    name: 'Ada Lovelace',
    role: 'STUDENT',
    username: null,
    imageUrl: null,
    timeZone: 'UTC',
    locale: 'en',
    session: { id: expect.any(String), startedAt: expect.any(Date), impersonator: null, inCart: 0, isInTeam: false },
  });
});

test('we and better-auth agree whose cookie it is', async () => {
  const { id, headers } = await someoneSignedIn();
  expect((await auth().api.getSession({ headers }))?.user.id).toBe(id);
  expect(await actorOf(headers, new Date())).toMatchObject({ id });
});

test('without a cookie, nobody is asked for and a guest acts', async () => {
  const before = runtime().systemConnections.pool.totalCount;
  expect(await actorOf(new Headers(), new Date())).toEqual(guest);
  expect(await actorOf(new Headers({ cookie: 'lyceum.session_token=; theme=dark' }), new Date())).toEqual(guest);
  expect(runtime().systemConnections.pool.totalCount).toBe(before);
});

test.each([
  ['no signature', (signed: string) => signed.slice(0, signed.lastIndexOf('.'))],
  ['another token', (signed: string) => `x${signed}`],
  ['a shortened signature', (signed: string) => signed.slice(0, -8)],
  ['a signature of zeros', (signed: string) => `${signed.slice(0, signed.lastIndexOf('.'))}.${btoa('\0'.repeat(32))}`],
])('a cookie with %s is a guest’s', async (_, forge) => {
  const { headers } = await someoneSignedIn();
  const signed = decodeURIComponent(/session_token=([^;]+)/.exec(headers.get('cookie') ?? '')?.[1] ?? '');
  expect(await actorOf(new Headers({ cookie: `lyceum.session_token=${encodeURIComponent(forge(signed))}` }), new Date())).toEqual(guest);
});

test('a session that has ended, a ban and a closed account make a guest at once', async () => {
  const ended = await someoneSignedIn();
  expect(await actorOf(ended.headers, new Date(Date.now() + 31 * day))).toEqual(guest);
  const banned = await someoneSignedIn();
  await database.owner.query('update users set banned = true where id = $1', [banned.id]);
  expect(await actorOf(banned.headers, new Date())).toEqual(guest);
  const closed = await someoneSignedIn();
  await database.owner.query('update users set deleted_at = now() where id = $1', [closed.id]);
  expect(await actorOf(closed.headers, new Date())).toEqual(guest);
});

test('a new role counts from the next request', async () => {
  const { id, headers } = await someoneSignedIn();
  await database.owner.query("update users set role = 'INSTRUCTOR' where id = $1", [id]);
  expect(await actorOf(headers, new Date())).toMatchObject({ role: 'INSTRUCTOR' });
});

test('a remembered session is prolonged once a day, and only by use', async () => {
  const { id, headers } = await someoneSignedIn();
  const soon = new Date(Date.now() + day / 2);
  await actorOf(headers, soon);
  expect(await hoursLeft(id, soon)).toBe(29.5 * 24);
  const nextDay = new Date(Date.now() + 1.5 * day);
  await actorOf(headers, nextDay);
  expect(await hoursLeft(id, nextDay)).toBe(30 * 24);
  await actorOf(headers, new Date(nextDay.getTime() + day / 4));
  expect(await hoursLeft(id, nextDay)).toBe(30 * 24);
});

test('a session that is not remembered is never prolonged', async () => {
  const { id, headers } = await someoneSignedIn({ remember: false });
  const later = new Date(Date.now() + 0.9 * day);
  expect(await actorOf(headers, later)).toMatchObject({ id });
  expect(await hoursLeft(id, new Date())).toBe(24);
});

test('demo people get in on this machine alone', async () => {
  const demo = await someoneSignedIn({ email: 'student@demo.school' });
  expect(await actorOf(demo.headers, new Date())).toMatchObject({ email: 'student@demo.school' });
  const reachable: Record<string, string>[] = [{ HOST: '0.0.0.0' }, { TRUST_PROXY: '1' }, { ORIGIN: 'https://school.example' }];
  for (const settings of reachable) {
    await school.close();
    school = startTestProcess(database, settings);
    expect(await actorOf(demo.headers, new Date())).toEqual(guest);
    await expect(someoneSignedIn({ email: 'student@demo.school' })).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('demo'),
    });
  }
});

test('over https the cookie is secure and says so in its name', async () => {
  await school.close();
  school = startTestProcess(database, { ORIGIN: 'https://school.example' });
  const { headers } = await someoneSignedIn();
  expect(headers.get('cookie')).toContain('__Secure-lyceum.session_token=');
  expect(await actorOf(headers, new Date())).toMatchObject({ kind: 'person' });
});

test('with another secret, every session is a guest’s', async () => {
  const { headers } = await someoneSignedIn();
  await school.close();
  school = startTestProcess(database, { SECRET: 'another secret that has more than 32 characters' });
  expect(await actorOf(headers, new Date())).toEqual(guest);
});

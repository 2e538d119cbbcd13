import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '#platform/context.ts';
import { guest, system, testDatabase } from '../../../../tests/support/database.ts';
import { type OpenIdProvider, startOpenIdProvider } from '../../../../tests/support/openid-provider.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { actorOf, createUser, finishExternal, type SessionCookie, signIn, signUp, startExternalSignIn } from '../index.server.ts';
import type { Answer } from './provider.ts';

const database = testDatabase();
let school: TestProcess;
let campus: OpenIdProvider;

beforeAll(async () => {
  campus = await startOpenIdProvider('http://localhost:3000');
  school = startTestProcess(database, campus.settings);
});
afterEach(() => {
  campus.tamper = undefined;
  vi.useRealTimers();
});
afterAll(async () => {
  await school.close();
  await campus.stop();
});

const password = 'lakes and nine tin boats';
const client = { address: '203.0.113.7', userAgent: 'Test browser' };
const as = (actor: Actor) => database.context(actor, new Date());
const headerOf = (cookies: readonly SessionCookie[]) => cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');

/** Leaves for the provider and comes back, not yet let in. */
async function comeBack(login: string | null, next?: string) {
  const departure = await startExternalSignIn(as(guest), { provider: 'openid', next, client });
  const back = await campus.answerTo(departure.url, login);
  return { answer: Object.fromEntries(back.searchParams) as Answer, cookieHeader: headerOf(departure.cookies) };
}

const finish = ({ answer, cookieHeader }: { answer: Answer; cookieHeader: string }) =>
  finishExternal(as(guest), { provider: 'openid', answer, client: { ...client, cookieHeader } });
const enterAs = async (login: string | null, next?: string) => finish(await comeBack(login, next));

async function personAt(email: string) {
  const { rows } = await database.owner.query(
    `select u.id, u.name, u.email_verified as verified, u.image, u.role,
            array(select split_part(a.provider_id, ':', 1) || ':' || coalesce(a.label, '') from accounts a where a.user_id = u.id order by 1) as ways,
            (select count(*)::int from sessions s where s.user_id = u.id) as sessions
       from users u where u.email = $1`,
    [email],
  );
  return rows[0];
}

test('someone new gets an account with the confirmed address and without the picture, and comes in again by the same identity', async () => {
  campus.people.mira = { email: 'Mira@Campus.test', name: ' Mira\u0007  Lund ', picture: 'https://campus.test/mira.png' };
  const first = await enterAs('mira', '/courses/typescript');
  expect(first).toMatchObject({ kind: 'signed-in', next: '/courses/typescript' });
  const person = await personAt('mira@campus.test');
  expect(person).toMatchObject({
    name: 'Mira Lund',
    verified: true,
    image: null,
    role: 'STUDENT',
    ways: ['openid:mira@campus.test'],
    sessions: 1,
  });
  expect(await actorOf(new Headers({ cookie: headerOf(first.cookies) }), new Date())).toMatchObject({ id: person.id });
  expect((await enterAs('mira')).kind).toBe('signed-in');
  expect(await personAt('mira@campus.test')).toMatchObject({ id: person.id, sessions: 2 });
});

test('no token of the provider is kept', async () => {
  await enterAs('tokenless');
  const { rows } = await database.owner.query(
    'select access_token, refresh_token, id_token, scope, password from accounts where account_id = $1',
    ['tokenless'],
  );
  expect(rows).toEqual([{ access_token: null, refresh_token: null, id_token: null, scope: null, password: null }]);
});

test('an address that the provider keeps out of the token is asked for beside it', async () => {
  const quiet = await startOpenIdProvider('http://localhost:3000', { claimsInToken: false });
  await school.close();
  school = startTestProcess(database, quiet.settings);
  const departure = await startExternalSignIn(as(guest), { provider: 'openid', client });
  const back = await quiet.answerTo(departure.url, 'quinn');
  const arrived = await finish({ answer: Object.fromEntries(back.searchParams), cookieHeader: headerOf(departure.cookies) });
  await school.close();
  school = startTestProcess(database, campus.settings);
  await quiet.stop();
  expect(arrived.kind).toBe('signed-in');
  expect(await personAt('quinn@campus.test')).toMatchObject({ name: 'quinn of Campus', verified: true });
});

test('the identity stays the same person when the provider knows them by another address later', async () => {
  await enterAs('moved');
  const { id } = await personAt('moved@campus.test');
  campus.people.moved = { email: 'elsewhere@campus.test' };
  expect((await enterAs('moved')).kind).toBe('signed-in');
  expect(await personAt('moved@campus.test')).toMatchObject({ id, sessions: 2 });
  expect(await personAt('elsewhere@campus.test')).toBeUndefined();
});

test('a confirmed address of somebody here is not connected by being the same', async () => {
  await createUser(as(system), { name: 'Owner', email: 'owner@campus.test', password });
  const arrived = await enterAs('owner', '/courses');
  expect(arrived).toMatchObject({ kind: 'refused', reason: 'address-taken', purpose: 'sign-in', next: '/courses' });
  expect(await personAt('owner@campus.test')).toMatchObject({ ways: ['credential:'], sessions: 0 });
});

test.each([
  ['unsure', { email_verified: false }, 'unverified-address'],
  ['silent', { email: '' }, 'no-address'],
  ['garbled', { email: 'not an address' }, 'no-address'],
])('no account is made for %s: %s', async (login, claims, reason) => {
  campus.people[login] = claims as Record<string, string | boolean>;
  const count = async () => (await database.owner.query('select count(*)::int as count from users')).rows[0].count;
  const before = await count();
  expect(await enterAs(login)).toMatchObject({ kind: 'refused', reason });
  expect(await count()).toBe(before);
});

test('a sign-up that was never confirmed gives way to the owner of its address: its password opens nothing', async () => {
  await signUp(as(guest), { name: 'Mallory', email: 'victim@campus.test', password: 'words of a stranger', client });
  campus.people.victim = { name: 'Vic Tim' };
  expect((await enterAs('victim')).kind).toBe('signed-in');
  expect(await personAt('victim@campus.test')).toMatchObject({ name: 'Vic Tim', verified: true, ways: ['openid:victim@campus.test'] });
  const attempt = signIn(as(guest), { email: 'victim@campus.test', password: 'words of a stranger', remember: true, client });
  await expect(attempt).rejects.toMatchObject({ code: 'invalid' });
});

test('an unconfirmed account that was made for staff waits for its own confirmation', async () => {
  await createUser(as(system), { name: 'Head', email: 'head@campus.test', role: 'ADMIN', emailVerified: false });
  expect(await enterAs('head')).toMatchObject({ kind: 'refused', reason: 'address-taken' });
  expect(await personAt('head@campus.test')).toMatchObject({ verified: false, ways: [] });
});

test('someone suspended or closed does not come in by a provider either', async () => {
  await enterAs('banned');
  await database.owner.query("update users set banned = true where email = 'banned@campus.test'");
  expect(await enterAs('banned')).toMatchObject({ kind: 'refused', reason: 'banned' });
  await enterAs('closed');
  await database.owner.query("update users set deleted_at = now() where email = 'closed@campus.test'");
  expect(await enterAs('closed')).toMatchObject({ kind: 'refused', reason: 'closed' });
});

test('nobody becomes a demo person by a provider where others reach the school', async () => {
  await school.close();
  school = startTestProcess(database, { ...campus.settings, HOST: '0.0.0.0' });
  campus.people.demo = { email: 'fake@demo.school' };
  expect(await enterAs('demo')).toMatchObject({ kind: 'refused', reason: 'demo-only-here' });
  expect(await personAt('fake@demo.school')).toBeUndefined();
  await school.close();
  school = startTestProcess(database, campus.settings);
});

test('whoever has a second factor is asked for it after the provider too', async () => {
  await enterAs('careful');
  await database.owner.query("update users set two_factor_enabled = true where email = 'careful@campus.test'");
  const arrived = await enterAs('careful');
  expect(arrived.kind).toBe('second-step');
  expect(await actorOf(new Headers({ cookie: headerOf(arrived.cookies) }), new Date())).toEqual(guest);
  expect(await personAt('careful@campus.test')).toMatchObject({ sessions: 1 });
});

test('someone who refuses at the provider comes back as a guest', async () => {
  expect(await enterAs(null)).toMatchObject({ kind: 'refused', reason: 'canceled' });
});

test('an answer counts once', async () => {
  const arrival = await comeBack('once');
  const answers = await Promise.all([finish(arrival), finish(arrival)]);
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['refused', 'signed-in']);
  expect(await finish(arrival)).toMatchObject({ kind: 'refused', reason: 'expired' });
  expect(await personAt('once@campus.test')).toMatchObject({ sessions: 1 });
});

test('an answer is believed only in the browser that asked, and for the question that was asked', async () => {
  const [mine, theirs] = [await comeBack('mallory'), await comeBack('victor')];
  const refused = { kind: 'refused', reason: 'expired' };
  expect(await finish({ ...mine, cookieHeader: '' })).toMatchObject(refused);
  expect(await finish({ ...mine, cookieHeader: theirs.cookieHeader })).toMatchObject(refused);
  expect(await finish({ ...mine, answer: { ...mine.answer, state: `x${mine.answer.state?.slice(1)}` } })).toMatchObject(refused);
  expect(await finish({ ...mine, answer: { code: mine.answer.code } })).toMatchObject(refused);
  expect(await personAt('mallory@campus.test')).toBeUndefined();
  expect((await finish(theirs)).kind).toBe('signed-in');
});

test('a code that was fetched for another question is refused by the provider’s proof key', async () => {
  const [mine, theirs] = [await comeBack('mallory'), await comeBack('victor')];
  const injected = { ...theirs, answer: { ...theirs.answer, code: mine.answer.code } };
  expect(await finish(injected)).toMatchObject({ kind: 'refused', reason: 'failed' });
});

test('a question is open for ten minutes', async () => {
  const arrival = await comeBack('late');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * 60_000 + 1 });
  expect(await finish(arrival)).toMatchObject({ kind: 'refused', reason: 'expired' });
});

test.each([
  ['another issuer', { iss: 'https://evil.example' }],
  ['another audience', { aud: 'somebody-else' }],
  ['another party', { azp: 'somebody-else' }],
  ['another nonce', { nonce: 'guessed' }],
  ['no nonce', { nonce: undefined }],
  ['a time that is over', { exp: Math.floor(Date.now() / 1000) - 60 }],
  ['no subject', { sub: undefined }],
])('an ID token with %s is refused', async (_, claims) => {
  campus.tamper = (given) => ({ ...given, ...claims });
  expect(await enterAs('tampered')).toMatchObject({ kind: 'refused', reason: 'failed' });
  expect(await personAt('tampered@campus.test')).toBeUndefined();
});

test.each([
  ['with another key', async () => (await generateKeyPair('RS256')).privateKey, 'RS256'],
  ['with the secret that both know', async () => new TextEncoder().encode(campus.settings.OIDC_CLIENT_SECRET), 'HS256'],
])('an ID token signed %s is refused', async (_, keyOf, alg) => {
  campus.tamper = async (claims) => new SignJWT(claims).setProtectedHeader({ alg, kid: 'test' }).sign(await keyOf());
  expect(await enterAs('forged')).toMatchObject({ kind: 'refused', reason: 'failed' });
});

test('an ID token without a signature is refused', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  campus.tamper = async (claims) => `${part({ alg: 'none' })}.${part(claims)}.`;
  expect(await enterAs('unsigned')).toMatchObject({ kind: 'refused', reason: 'failed' });
});

test('an answer that names another issuer, or none, is refused before its code is used', async () => {
  for (const iss of ['https://evil.example', undefined]) {
    const { answer, ...arrival } = await comeBack('mixed-up');
    expect(await finish({ ...arrival, answer: { ...answer, iss } })).toMatchObject({ reason: 'failed' });
  }
});

test('a provider that does not answer is a moment’s trouble, not an error of ours', async () => {
  await school.close();
  school = startTestProcess(database, { ...campus.settings, OIDC_ISSUER: 'http://localhost:9' });
  await expect(startExternalSignIn(as(guest), { provider: 'openid', client })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('Campus does not answer'),
  });
  await school.close();
  school = startTestProcess(database, campus.settings);
});

test('two issuers never share their people, though both call somebody by one name', async () => {
  await enterAs('same-name');
  const other = await startOpenIdProvider('http://localhost:3000');
  other.people['same-name'] = { email: 'somebody-else@campus.test' };
  await school.close();
  school = startTestProcess(database, other.settings);
  const departure = await startExternalSignIn(as(guest), { provider: 'openid', client });
  const back = await other.answerTo(departure.url, 'same-name');
  const arrived = await finish({ answer: Object.fromEntries(back.searchParams), cookieHeader: headerOf(departure.cookies) });
  await school.close();
  school = startTestProcess(database, campus.settings);
  await other.stop();
  expect(arrived.kind).toBe('signed-in');
  expect(await personAt('same-name@campus.test')).toMatchObject({ sessions: 1 });
  expect(await personAt('somebody-else@campus.test')).toMatchObject({ sessions: 1 });
});

test('a provider that the school has not set up does not exist', async () => {
  await expect(startExternalSignIn(as(guest), { provider: 'github', client })).rejects.toMatchObject({ code: 'not-found' });
  await expect(finishExternal(as(guest), { provider: 'github', answer: {}, client })).rejects.toMatchObject({
    code: 'not-found',
  });
});

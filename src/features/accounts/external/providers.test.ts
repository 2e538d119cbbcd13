import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { type GitHub, startGitHub } from '../../../../tests/support/github.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { finishExternal, providerOptions, type SessionCookie, startExternalSignIn } from '../index.server.ts';

const database = testDatabase();
let school: TestProcess | undefined;
let gitHub: GitHub;

beforeAll(async () => {
  gitHub = await startGitHub();
});
afterEach(async () => {
  await school?.close();
  school = undefined;
});
afterAll(() => gitHub.stop());

const client = { address: '203.0.113.7', userAgent: 'Test browser' };
const asGuest = () => database.context(guest, new Date());
const headerOf = (cookies: readonly SessionCookie[]) => cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
const google = { GOOGLE_CLIENT_ID: 'id.apps.googleusercontent.com', GOOGLE_CLIENT_SECRET: 'secret' };

type User = Parameters<GitHub['allow']>[1];
const octocat: User = {
  id: 583231,
  login: 'octocat',
  name: null,
  emails: [
    { email: 'spare@school.test', primary: false, verified: true },
    { email: 'Octocat@School.test', primary: true, verified: true },
  ],
};

async function enterByGitHub(user: User) {
  const departure = await startExternalSignIn(asGuest(), { provider: 'github', client });
  const back = gitHub.allow(departure.url, user);
  return finishExternal(asGuest(), {
    provider: 'github',
    answer: Object.fromEntries(back.searchParams),
    client: { ...client, cookieHeader: headerOf(departure.cookies) },
  });
}

async function personAt(email: string) {
  const { rows } = await database.owner.query(
    'select u.name, u.image, a.account_id as "accountId", a.label from users u join accounts a on a.user_id = u.id where u.email = $1',
    [email],
  );
  return rows[0];
}

test('a school offers the providers that its settings name, and no others', () => {
  school = startTestProcess(database);
  expect(providerOptions()).toEqual([]);
});

test('each provider has its button, in one order', () => {
  const openId = { OIDC_ISSUER: 'https://login.campus.test', OIDC_CLIENT_ID: 'lyceum', OIDC_CLIENT_SECRET: 'secret' };
  school = startTestProcess(database, { ...gitHub.settings, ...openId, ...google });
  expect(providerOptions()).toEqual([
    { id: 'google', name: 'Google' },
    { id: 'github', name: 'GitHub' },
    { id: 'openid', name: 'login.campus.test' },
  ]);
});

test('Google is asked for the name and the address alone, with proof key, state and nonce, and sends back to the school’s own address', async () => {
  school = startTestProcess(database, { ...google, ORIGIN: 'https://school.example' });
  const departure = await startExternalSignIn(asGuest(), { provider: 'google', client });
  const url = new URL(departure.url);
  expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'id.apps.googleusercontent.com',
    redirect_uri: 'https://school.example/sign-in/with/google/callback',
    scope: 'openid email profile',
    state: expect.stringMatching(/^\S{32}$/),
    nonce: expect.stringMatching(/^\S{32}$/),
    code_challenge: expect.stringMatching(/^\S{43}$/),
    code_challenge_method: 'S256',
  });
  expect(departure.cookies).toMatchObject([{ name: '__Secure-lyceum.state', options: { httpOnly: true, secure: true, sameSite: 'lax' } }]);
});

test('someone signs up by GitHub with the primary address, under the name they have there, and comes in again', async () => {
  school = startTestProcess(database, gitHub.settings);
  expect((await enterByGitHub(octocat)).kind).toBe('signed-in');
  expect(await personAt('octocat@school.test')).toEqual({ name: 'octocat', image: null, accountId: '583231', label: 'octocat' });
  expect((await enterByGitHub({ ...octocat, login: 'renamed' })).kind).toBe('signed-in');
});

test.each([
  ['a primary address that is not confirmed', [{ email: 'new@school.test', primary: true, verified: false }], 'unverified-address'],
  ['no address', [], 'no-address'],
  ['a mask of its own only', [{ email: '1+o@users.noreply.github.com', primary: true, verified: true }], 'no-address'],
])('GitHub’s word on %s makes no account', async (_, emails, reason) => {
  school = startTestProcess(database, gitHub.settings);
  expect(await enterByGitHub({ ...octocat, id: 7, emails })).toMatchObject({ kind: 'refused', reason });
  expect(await personAt('new@school.test')).toBeUndefined();
});

test('a code that GitHub refuses lets nobody in', async () => {
  school = startTestProcess(database, gitHub.settings);
  const departure = await startExternalSignIn(asGuest(), { provider: 'github', client });
  const back = gitHub.allow(departure.url, octocat);
  const answer = { state: back.searchParams.get('state') ?? '', code: 'made-up' };
  const arrival = { provider: 'github', answer, client: { ...client, cookieHeader: headerOf(departure.cookies) } };
  expect(await finishExternal(asGuest(), arrival)).toMatchObject({ kind: 'refused', reason: 'failed' });
});

test('an answer to one provider’s question is not taken at another’s door', async () => {
  school = startTestProcess(database, { ...gitHub.settings, ...google });
  const departure = await startExternalSignIn(asGuest(), { provider: 'github', client });
  const answer = Object.fromEntries(gitHub.allow(departure.url, octocat).searchParams);
  const arrival = { provider: 'google', answer, client: { ...client, cookieHeader: headerOf(departure.cookies) } };
  expect(await finishExternal(asGuest(), arrival)).toMatchObject({ kind: 'refused', reason: 'expired' });
});

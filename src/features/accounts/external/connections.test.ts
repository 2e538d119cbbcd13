import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Person } from '#platform/context.ts';
import type { SessionId, UserId } from '#platform/ids.ts';
import { guest, person, system, testDatabase } from '../../../../tests/support/database.ts';
import { type OpenIdProvider, startOpenIdProvider } from '../../../../tests/support/openid-provider.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import {
  connectionsOf,
  createUser,
  disconnectIdentity,
  finishExternal,
  type SessionCookie,
  startConnecting,
  startExternalSignIn,
} from '../index.server.ts';

const database = testDatabase();
let school: TestProcess;
let campus: OpenIdProvider;

beforeAll(async () => {
  campus = await startOpenIdProvider('http://localhost:3000');
  school = startTestProcess(database, campus.settings);
});
afterAll(async () => {
  await school.close();
  await campus.stop();
});

const client = { address: '203.0.113.7', userAgent: 'Test browser' };
const as = (actor: Actor) => database.context(actor, new Date());
const headerOf = (cookies: readonly SessionCookie[]) => cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

function inBrowser(id: UserId, email: string, startedAt = new Date()): Person {
  return { ...person('STUDENT', id, { name: 'Ada', email }), session: { id: 'session' as SessionId, startedAt, impersonator: null } };
}

/** Somebody with a password, in their browser. */
async function somebody(email: string, password: string | undefined = 'lakes and nine tin boats'): Promise<Person> {
  const { id } = await createUser(as(system), { name: 'Ada', email, password });
  return inBrowser(id, email);
}

async function connectAs(actor: Actor, login: string, returnsAs = actor) {
  const departure = await startConnecting(as(actor), { provider: 'openid', client });
  const back = await campus.answerTo(departure.url, login);
  return finishExternal(as(returnsAs), {
    provider: 'openid',
    answer: Object.fromEntries(back.searchParams),
    client: { ...client, cookieHeader: headerOf(departure.cookies) },
  });
}

async function enterAs(login: string) {
  const departure = await startExternalSignIn(as(guest), { provider: 'openid', client });
  const back = await campus.answerTo(departure.url, login);
  return finishExternal(as(guest), {
    provider: 'openid',
    answer: Object.fromEntries(back.searchParams),
    client: { ...client, cookieHeader: headerOf(departure.cookies) },
  });
}

const mailsTo = async (address: string) => {
  await school.runJobs();
  return (await school.mailsTo(address)).map(({ kind }) => kind);
};

async function deeds(subjectId: string): Promise<unknown[]> {
  const { rows } = await database.owner.query(
    "select action, actor_id as actor, coalesce(before, after) as what from audit_log where subject_id = $1 and action like 'accounts.identity%' order by sequence",
    [subjectId],
  );
  return rows;
}

test('what is connected opens the account from then on, is written down, and its owner is told', async () => {
  const ada = await somebody('ada@school.test');
  expect(await connectionsOf(as(ada))).toEqual({ connected: [], others: [{ id: 'openid', name: 'Campus' }] });
  expect(await connectAs(ada, 'ada-at-campus')).toMatchObject({ kind: 'connected' });
  expect(await connectionsOf(as(ada))).toEqual({
    connected: [
      {
        id: expect.any(String),
        provider: { id: 'openid', name: 'Campus' },
        label: 'ada-at-campus@campus.test',
        since: expect.any(Date),
        mayDisconnect: true,
      },
    ],
    others: [],
  });
  const what = { provider: `openid:${campus.issuer}`, identity: 'ada-at-campus' };
  expect(await deeds(ada.id)).toEqual([{ action: 'accounts.identityConnected', actor: ada.id, what }]);
  expect(await mailsTo('ada@school.test')).toEqual(['accounts.identityConnected']);
  expect((await enterAs('ada-at-campus')).kind).toBe('signed-in');
  const { rows } = await database.owner.query('select count(*)::int as sessions from sessions where user_id = $1', [ada.id]);
  expect(rows).toEqual([{ sessions: 1 }]);
});

test('connecting the same again changes nothing; another of the same provider, or another’s, is refused', async () => {
  const [bea, cid] = await Promise.all([somebody('bea@school.test'), somebody('cid@school.test')]);
  await connectAs(bea, 'bea-at-campus');
  expect(await connectAs(bea, 'bea-at-campus')).toMatchObject({ kind: 'connected' });
  expect(await connectAs(bea, 'bea-elsewhere')).toMatchObject({ kind: 'refused', purpose: 'connect', reason: 'one-already' });
  expect(await connectAs(cid, 'bea-at-campus')).toMatchObject({ kind: 'refused', purpose: 'connect', reason: 'connected-elsewhere' });
  expect(await deeds(bea.id)).toHaveLength(1);
  expect((await connectionsOf(as(cid))).connected).toEqual([]);
});

test('only whoever asked comes back to connect', async () => {
  const [dee, eve] = await Promise.all([somebody('dee@school.test'), somebody('eve@school.test')]);
  expect(await connectAs(dee, 'dee-at-campus', eve)).toMatchObject({ kind: 'refused', reason: 'expired' });
  expect(await connectAs(dee, 'dee-at-campus', guest)).toMatchObject({ kind: 'refused', reason: 'expired' });
  expect((await connectionsOf(as(eve))).connected).toEqual([]);
});

test('a guest, someone who has not just proved who they are, and an admin who acts as them connect and disconnect nothing', async () => {
  const fay = await somebody('fay@school.test');
  const stale = inBrowser(fay.id, fay.email, minutesAgo(60));
  const impersonator = { id: 'admin' as UserId, name: 'Ines' };
  const impersonated = { ...fay, session: { id: 'session' as SessionId, startedAt: new Date(), impersonator } };
  for (const [actor, code] of [
    [guest, 'sign-in-required'],
    [stale, 'forbidden'],
    [impersonated, 'forbidden'],
  ] as const) {
    await expect(startConnecting(as(actor), { provider: 'openid', client })).rejects.toMatchObject({ code });
    await expect(disconnectIdentity(as(actor), { id: fay.id })).rejects.toMatchObject({ code });
  }
});

test('what is disconnected opens nothing anymore, is written down, and its owner is told', async () => {
  const gus = await somebody('gus@school.test');
  await connectAs(gus, 'gus-at-campus');
  const [{ id } = { id: '' }] = (await connectionsOf(as(gus))).connected;
  await disconnectIdentity(as(gus), { id });
  expect((await connectionsOf(as(gus))).connected).toEqual([]);
  expect(await mailsTo('gus@school.test')).toEqual(['accounts.identityConnected', 'accounts.identityDisconnected']);
  expect(await deeds(gus.id)).toMatchObject([
    { action: 'accounts.identityConnected' },
    { action: 'accounts.identityDisconnected', actor: gus.id },
  ]);
  await expect(disconnectIdentity(as(gus), { id })).rejects.toMatchObject({ code: 'not-found' });
});

test('nobody disconnects another’s identity, or a password in its stead', async () => {
  const [hal, ivy] = await Promise.all([somebody('hal@school.test'), somebody('ivy@school.test')]);
  await connectAs(hal, 'hal-at-campus');
  const [{ id } = { id: '' }] = (await connectionsOf(as(hal))).connected;
  await expect(disconnectIdentity(as(ivy), { id })).rejects.toMatchObject({ code: 'not-found' });
  const { rows } = await database.owner.query("select id from accounts where user_id = $1 and provider_id = 'credential'", [hal.id]);
  await expect(disconnectIdentity(as(hal), { id: rows[0].id })).rejects.toMatchObject({ code: 'not-found' });
  expect((await connectionsOf(as(hal))).connected).toHaveLength(1);
});

test('the last way in stays, even when two are disconnected in the same moment; a passkey is one', async () => {
  await enterAs('joy');
  const { rows } = await database.owner.query<{ id: UserId }>("select id from users where email = 'joy@campus.test'");
  const joy = inBrowser(rows[0]?.id as UserId, 'joy@campus.test');
  const [first] = (await connectionsOf(as(joy))).connected;
  expect(first?.mayDisconnect).toBe(false);
  const refusal = { code: 'conflict', message: 'Campus is your only way in. Choose a password or add a passkey first.' };
  await expect(disconnectIdentity(as(joy), { id: first?.id ?? '' })).rejects.toMatchObject(refusal);
  await database.owner.query(
    "insert into accounts (id, user_id, provider_id, account_id, updated_at) values (gen_random_uuid(), $1, $2, 'joy-too', now()), (gen_random_uuid(), $1, 'google', 'joy', now())",
    [joy.id, `openid:${campus.issuer}`],
  );
  // Google is not set up here, so it opens nothing.
  const two = (await connectionsOf(as(joy))).connected.filter(({ provider }) => provider.id === 'openid');
  const answers = await Promise.allSettled(two.map(({ id }) => disconnectIdentity(as(joy), { id })));
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await database.owner.query(
    `insert into passkeys (id, user_id, public_key, credential_id, counter, device_type, backed_up, updated_at)
     values (gen_random_uuid(), $1, 'key', 'credential', 0, 'singleDevice', false, now())`,
    [joy.id],
  );
  for (const { id } of (await connectionsOf(as(joy))).connected) await disconnectIdentity(as(joy), { id });
  expect((await connectionsOf(as(joy))).connected).toEqual([]);
});

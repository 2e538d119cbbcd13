import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guest, system, testDatabase } from '../../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../../tests/support/process.ts';
import { statementsOf } from '../../../../../tests/support/statements.ts';
import { actorOf, createUser, isFresh, signIn } from '../../index.server.ts';

const database = testDatabase();
let school: TestProcess;

const issuer = 'https://clerk.school.test';
const origin = 'http://localhost:3000';
const rsaKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const clerkKey = rsaKey();
const pem = createPublicKey(clerkKey).export({ format: 'pem', type: 'spki' }).toString();
const settings = { CLERK_JWT_KEY: pem, CLERK_ISSUER: issuer };
const password = 'lakes and nine tin boats';
const seconds = () => Math.floor(Date.now() / 1000);

beforeAll(() => {
  school = startTestProcess(database, settings);
});
afterAll(() => school.close());

/** A session token as Clerk makes them: good for a minute. */
function token(sub: string, claims: JWTPayload = {}, key: KeyObject | Uint8Array = clerkKey, alg = 'RS256'): Promise<string> {
  const now = seconds();
  const usual = { iss: issuer, sub, azp: origin, sid: 'sess_1', sts: 'active', iat: now, nbf: now - 10, exp: now + 60 };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg, kid: 'ins_1', typ: 'JWT' }).sign(key);
}

const bearer = (jwt: string) => new Headers({ authorization: `Bearer ${jwt}` });

async function personAtClerk(sub: string, email = `${sub}@clerk.test`) {
  const { id } = await createUser(database.context(system, new Date()), { name: 'Ada', email, password, ifExists: 'keep' });
  await database.owner.query(
    "insert into accounts (id, user_id, provider_id, account_id, updated_at) values (gen_random_uuid(), $1, 'clerk', $2, now())",
    [id, sub],
  );
  return id;
}

test('the person of a token acts, by header or by cookie, without a browser of ours', async () => {
  const id = await personAtClerk('user_ada');
  const jwt = await token('user_ada');
  const now = new Date();
  const actor = await actorOf(bearer(jwt), now);
  expect(actor).toEqual({
    kind: 'person',
    id,
    name: 'Ada',
    email: 'user_ada@clerk.test',
    role: 'STUDENT',
    username: null,
    imageUrl: null,
    timeZone: 'UTC',
    locale: 'en',
  });
  expect(await actorOf(new Headers({ cookie: `theme=dark; __session=${jwt}` }), now)).toEqual(actor);
  expect(isFresh(actor, now)).toBe(false);
});

test('a token costs one query, and one that does not hold costs none', async () => {
  await personAtClerk('user_costs');
  const [good, bad] = [await token('user_costs'), await token('user_costs', {}, rsaKey())];
  expect(await statementsOf(() => actorOf(bearer(good), new Date()))).toHaveLength(1);
  expect(await statementsOf(() => actorOf(bearer(bad), new Date()))).toEqual([]);
  expect(await statementsOf(() => actorOf(new Headers({ cookie: '__session=nonsense' }), new Date()))).toEqual([]);
});

test.each<[string, JWTPayload]>([
  ['of another issuer', { iss: 'https://evil.example' }],
  ['for another site', { azp: 'https://evil.example' }],
  ['that is over', { exp: Math.floor(Date.now() / 1000) - 10 }],
  ['that is not valid yet', { nbf: Math.floor(Date.now() / 1000) + 600 }],
  ['without an end', { exp: undefined }],
  ['without a beginning', { nbf: undefined }],
  ['of someone who has not finished signing in', { sts: 'pending' }],
])('a token %s is a guest’s', async (_, claims) => {
  await personAtClerk('user_odd', 'odd@clerk.test').catch(() => undefined);
  expect(await actorOf(bearer(await token('user_odd', claims)), new Date())).toEqual(guest);
});

test('a token without a site is taken, as Clerk’s native apps make them', async () => {
  const id = await personAtClerk('user_native');
  expect(await actorOf(bearer(await token('user_native', { azp: undefined })), new Date())).toMatchObject({ id });
});

test('a token by another key, by the public key as a secret, or by none is a guest’s', async () => {
  await personAtClerk('user_forged');
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${part({ alg: 'none' })}.${part({ iss: issuer, sub: 'user_forged', exp: seconds() + 60, nbf: 0, iat: 0 })}.x`;
  const forged = [
    await token('user_forged', {}, rsaKey()),
    await token('user_forged', {}, new TextEncoder().encode(pem), 'HS256'),
    unsigned,
  ];
  for (const jwt of forged) expect(await actorOf(bearer(jwt), new Date())).toEqual(guest);
});

test('someone unknown, suspended or closed is a guest, and so is whoever has a second factor that a token cannot prove', async () => {
  expect(await actorOf(bearer(await token('user_unknown')), new Date())).toEqual(guest);
  for (const [sub, change] of [
    ['user_banned', 'banned = true'],
    ['user_closed', 'deleted_at = now()'],
    ['user_careful', 'two_factor_enabled = true'],
  ] as const) {
    const id = await personAtClerk(sub);
    await database.owner.query(`update users set ${change} where id = $1`, [id]);
    expect(await actorOf(bearer(await token(sub)), new Date())).toEqual(guest);
  }
});

test('a session of the school counts before a token', async () => {
  const { id } = await createUser(database.context(system, new Date()), { name: 'Bea', email: 'bea@school.test', password });
  await personAtClerk('user_other');
  const client = { address: '203.0.113.7', userAgent: 'Test' };
  const answer = await signIn(database.context(guest, new Date()), { email: 'bea@school.test', password, remember: true, client });
  if (answer.kind !== 'signed-in') throw new Error('Not signed in');
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ');
  const headers = new Headers({ cookie: `${cookie}; __session=${await token('user_other')}` });
  expect(await actorOf(headers, new Date())).toMatchObject({ id });
});

test('without the setting, no token counts and nobody is asked', async () => {
  await personAtClerk('user_off');
  await school.close();
  school = startTestProcess(database);
  const jwt = await token('user_off');
  expect(await statementsOf(async () => expect(await actorOf(bearer(jwt), new Date())).toEqual(guest))).toEqual([]);
  await school.close();
  school = startTestProcess(database, settings);
});

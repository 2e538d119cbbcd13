import { expect, test } from 'vitest';
import type { Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { inBrowser } from '../../../../tests/support/in-browser.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';
import { actorOfKey, bearsApiKey, createApiKey, listApiKeys, ownIdentity, revokeApiKey } from '../index.server.ts';

const school = testSchool();

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const as = (actor: Person, now = new Date()) => school.database.context(actor, now);
const after = (ms: number) => new Date(Date.now() + ms);
const bearing = (key: string) => new Headers({ authorization: `Bearer ${key}` });
const wish = { name: 'Reports', scopes: ['profile:read'], days: null };

async function ada(role: Person['role'] = 'STUDENT'): Promise<Person> {
  return inBrowser(school.database, await aPerson(school.database, role, { name: 'Ada Lovelace' }), new Date());
}

async function identityBy(key: string, now = new Date()) {
  return ownIdentity(school.database.context(await actorOfKey(bearing(key), now), now));
}

test('a key acts for its owner, with its scopes and without a session', async () => {
  const actor = await ada('INSTRUCTOR');
  const { id, key } = await createApiKey(as(actor), { ...wish, scopes: ['profile:read', 'email:read'] });
  expect(key).toMatch(/^lyc_[\w-]{43}$/);
  const { session: _, ...person } = actor;
  expect(await actorOfKey(bearing(key), new Date())).toEqual({ ...person, apiKey: { id, scopes: ['profile:read', 'email:read'] } });
  expect(await identityBy(key)).toEqual({ id: actor.id, name: 'Ada Lovelace', username: null, role: 'INSTRUCTOR', email: actor.email });
});

test('a key tells only what its scopes allow', async () => {
  const actor = await ada();
  const profile = await createApiKey(as(actor), wish);
  expect(await identityBy(profile.key)).not.toHaveProperty('email');
  const email = await createApiKey(as(actor), { ...wish, scopes: ['email:read'] });
  await expect(identityBy(email.key)).rejects.toMatchObject({ code: 'forbidden', message: expect.stringContaining('profile:read') });
});

test('a browser’s session and a guest get nothing from the API', async () => {
  await expect(ownIdentity(as(await ada()))).rejects.toMatchObject({ code: 'sign-in-required' });
  await expect(ownIdentity(school.database.context(guest))).rejects.toMatchObject({ code: 'sign-in-required' });
});

test('neither a key nor much of it can be read out of the database or the mail', async () => {
  const actor = await ada();
  const { key } = await createApiKey(as(actor), wish);
  const { rows } = await school.database.owner.query('select * from api_keys');
  await school.runJobs();
  const mails = await school.mailsTo(actor.email);
  expect(mails.map((mail) => mail.kind)).toEqual(['accounts.apiKeyCreated']);
  const [jobs, audit] = [
    await school.database.owner.query('select * from graphile_worker._private_jobs'),
    await school.database.owner.query('select * from audit_log'),
  ];
  const everything = JSON.stringify([rows, mails, jobs.rows, audit.rows]);
  expect(everything).toContain(key.slice(0, 8));
  expect(everything).not.toContain(key.slice(0, 12));
});

test('the list names keys newest first and tells when each was last used, to the minute', async () => {
  const actor = await ada();
  const { key } = await createApiKey(as(actor), wish);
  await createApiKey(as(actor), { ...wish, name: 'Backup', days: 30 });
  const used = after(5 * minuteMs);
  await actorOfKey(bearing(key), used);
  await actorOfKey(bearing(key), after(5.5 * minuteMs));
  const [backup, reports] = await listApiKeys(as(actor));
  expect(backup).toMatchObject({ name: 'Backup', lastUsedAt: null, hasExpired: false, scopes: ['profile:read'] });
  expect(reports).toMatchObject({ name: 'Reports', lastUsedAt: used, expiresAt: null, start: key.slice(0, 8) });
  expect(await listApiKeys(as(await ada()))).toEqual([]);
});

test('a request with a key costs one statement, and one more once a minute; without one, none', async () => {
  const { key } = await createApiKey(as(await ada()), wish);
  expect(await statementsOf(() => actorOfKey(bearing(key), after(minuteMs)))).toHaveLength(2);
  expect(await statementsOf(() => actorOfKey(bearing(key), after(1.5 * minuteMs)))).toHaveLength(1);
  expect(await statementsOf(() => actorOfKey(new Headers(), new Date()))).toEqual([]);
  expect(await statementsOf(() => actorOfKey(bearing('lyc_short'), new Date()))).toEqual([]);
});

test('a revoked, an expired and a made-up key are a guest’s', async () => {
  const actor = await ada();
  const revoked = await createApiKey(as(actor), wish);
  const short = await createApiKey(as(actor), { ...wish, days: 1 });
  await revokeApiKey(as(actor), { id: revoked.id });
  await revokeApiKey(as(actor), { id: revoked.id });
  expect(await actorOfKey(bearing(revoked.key), new Date())).toEqual(guest);
  expect(await actorOfKey(bearing(short.key), after(dayMs - minuteMs))).toMatchObject({ id: actor.id });
  expect(await actorOfKey(bearing(short.key), after(dayMs + minuteMs))).toEqual(guest);
  expect(await actorOfKey(bearing(`lyc_${'x'.repeat(43)}`), new Date())).toEqual(guest);
  expect(bearsApiKey(new Headers({ authorization: 'Bearer eyJhbGciOi.some.jwt' }))).toBe(false);
});

test.each([
  ['a ban', 'update users set banned = true where id = $1'],
  ['closing the account', 'update users set deleted_at = now() where id = $1'],
])('%s makes every key worthless at once', async (_, change) => {
  const actor = await ada();
  const { key } = await createApiKey(as(actor), wish);
  await school.database.owner.query(change, [actor.id]);
  expect(await actorOfKey(bearing(key), new Date())).toEqual(guest);
});

test('nobody revokes another’s key', async () => {
  const actor = await ada();
  const { id, key } = await createApiKey(as(actor), wish);
  await revokeApiKey(as(await ada('ADMIN')), { id });
  expect(await actorOfKey(bearing(key), new Date())).toMatchObject({ id: actor.id });
});

test('only the person in their browser, with a fresh proof, makes a key; a key makes and revokes none', async () => {
  const actor = await ada();
  const session = actor.session!;
  const { id, key } = await createApiKey(as(actor), wish);
  const byKey = (await actorOfKey(bearing(key), new Date())) as Person;
  const impersonated = { ...actor, session: { ...session, impersonator: { id: newId<'user'>(), name: 'Ines' } } };
  const stale = { ...actor, session: { ...session, startedAt: after(-60 * minuteMs) } };
  for (const who of [byKey, impersonated, stale]) await expect(createApiKey(as(who), wish)).rejects.toMatchObject({ code: 'forbidden' });
  for (const who of [byKey, impersonated]) await expect(revokeApiKey(as(who), { id })).rejects.toMatchObject({ code: 'forbidden' });
});

test('a person has twenty-five keys at the most, however fast they ask', async () => {
  const actor = await ada();
  for (let count = 0; count < 23; count += 1) await createApiKey(as(actor), wish);
  const answers = await Promise.allSettled([1, 2, 3, 4].map(() => createApiKey(as(actor), wish)));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(2);
  await expect(createApiKey(as(actor), wish)).rejects.toMatchObject({ code: 'conflict' });
});

test('bad wishes are named at their fields', async () => {
  const actor = await ada();
  await expect(createApiKey(as(actor), { name: ' ', scopes: [], days: 0 })).rejects.toMatchObject({
    code: 'invalid',
    fields: { name: expect.any(String), scopes: expect.any(String), days: expect.any(String) },
  });
  await expect(createApiKey(as(actor), { ...wish, scopes: ['everything'] })).rejects.toMatchObject({ code: 'invalid' });
});

test('a key that runs wild is told when to come back, and other keys go on', async () => {
  const actor = await ada();
  const [wild, calm] = [await createApiKey(as(actor), wish), await createApiKey(as(actor), wish)];
  const ctx = school.database.context(await actorOfKey(bearing(wild.key), new Date()));
  const answers = await Promise.allSettled(Array.from({ length: 310 }, () => ownIdentity(ctx)));
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  expect(refusals).toHaveLength(10);
  expect(refusals[0]).toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number) });
  await expect(identityBy(calm.key)).resolves.toMatchObject({ id: actor.id });
});

test('making and revoking a key is written down', async () => {
  const actor = await ada();
  const { id } = await createApiKey(as(actor), wish);
  await revokeApiKey(as(actor), { id });
  const { rows } = await school.database.owner.query('select action, actor_id from audit_log where subject_id = $1 order by sequence', [
    id,
  ]);
  expect(rows).toEqual([
    { action: 'accounts.apiKeyCreated', actor_id: actor.id },
    { action: 'accounts.apiKeyRevoked', actor_id: actor.id },
  ]);
});

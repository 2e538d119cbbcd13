import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUser, signUp } from '#features/accounts/index.server.ts';
import { createTestDatabase, guest, system, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { POST } from './+server.ts';

let database: TestDatabase;
let school: TestProcess;

const secret = `whsec_${Buffer.from('a key that the test has made up').toString('base64')}`;
const password = 'lakes and nine tin boats';
const as = (actor: typeof guest) => database.context(actor, new Date());

beforeAll(async () => {
  database = await createTestDatabase();
  school = startTestProcess(database, { CLERK_WEBHOOK_SECRET: secret });
  // The school keeps an admin, whatever Clerk says.
  await createUser(as(system), { name: 'Ines', email: 'ines@school.test', role: 'ADMIN', password });
});
afterAll(async () => {
  await school.close();
  await database.drop();
});

let deliveries = 0;

interface Delivery {
  id?: string;
  at?: Date;
  key?: string;
  headers?: Record<string, string>;
}

/** Sends an event as Clerk's messenger, Svix, does. */
function deliver(
  event: unknown,
  { id = `msg_${++deliveries}`, at = new Date(), key = secret, headers = {} }: Delivery = {},
): Promise<Response> {
  const body = JSON.stringify(event);
  const signed = {
    'svix-id': id,
    'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
    'svix-signature': new Webhook(key).sign(id, at, body),
    ...headers,
  };
  const request = new Request('http://localhost:3000/webhooks/clerk', { method: 'POST', body, headers: signed });
  return Promise.resolve(POST({ locals: { ctx: as(guest) }, request } as unknown as Parameters<typeof POST>[0]));
}

interface Details {
  email?: string;
  status?: string;
  first?: string | null;
  last?: string | null;
  username?: string | null;
  updatedAt?: number;
}

/** An event in the form of Clerk's documentation, with more in it than the school reads. */
function clerkUser(type: 'user.created' | 'user.updated', id: string, details: Details = {}) {
  const { email = `${id}@clerk.test`, status = 'verified', first = 'Ada', last = 'Lovelace', username = null, updatedAt = 1_000 } = details;
  return {
    object: 'event',
    type,
    instance_id: 'ins_123',
    timestamp: updatedAt,
    data: {
      id,
      object: 'user',
      first_name: first,
      last_name: last,
      username,
      image_url: 'https://img.clerk.com/picture',
      email_addresses: [
        {
          id: 'idn_other',
          email_address: `other-${id}@clerk.test`,
          verification: { status: 'verified', strategy: 'email_code' },
          linked_to: [],
        },
        { id: 'idn_main', email_address: email, verification: { status, strategy: 'email_code' }, linked_to: [] },
      ],
      primary_email_address_id: 'idn_main',
      created_at: 1_000,
      updated_at: updatedAt,
    },
  };
}

const clerkDeletion = (id: string) => ({ object: 'event', type: 'user.deleted', data: { id, object: 'user', deleted: true } });

async function personOf(id: string) {
  const { rows } = await database.owner.query(
    `select u.id, u.name, u.email, u.email_verified as verified, u.image, u.role, u.deleted_at is not null as closed
       from accounts a join users u on u.id = a.user_id where a.provider_id = 'clerk' and a.account_id = $1`,
    [id],
  );
  return rows[0];
}

async function problemOf(id: string): Promise<string | null> {
  const { rows } = await database.owner.query("select error from webhook_events where payload ->> 'id' = $1 order by id desc limit 1", [
    id,
  ]);
  return rows[0]?.error;
}

const mailsTo = async (address: string) => {
  await school.runJobs();
  return (await school.mailsTo(address)).map(({ kind }) => kind);
};

test('someone new at Clerk is someone new here, without their picture', async () => {
  expect((await deliver(clerkUser('user.created', 'user_new'))).status).toBe(204);
  expect(await personOf('user_new')).toMatchObject({
    name: 'Ada Lovelace',
    email: 'user_new@clerk.test',
    verified: true,
    image: null,
    role: 'STUDENT',
    closed: false,
  });
});

test('someone without a name is called by their user name', async () => {
  await deliver(clerkUser('user.created', 'user_nameless', { first: null, last: null, username: 'countess' }));
  expect(await personOf('user_nameless')).toMatchObject({ name: 'countess' });
});

test('one event counts once, however often it comes, even at once', async () => {
  const id = 'msg_twice';
  const answers = await Promise.all([1, 2, 3].map(() => deliver(clerkUser('user.created', 'user_twice'), { id })));
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  const { rows } = await database.owner.query(
    "select attempts, processed_at is not null as done from webhook_events where event_id = 'msg_twice'",
  );
  expect(rows).toEqual([{ attempts: 1, done: true }]);
  await deliver(clerkUser('user.updated', 'user_twice', { first: 'Changed', updatedAt: 2_000 }), { id });
  expect(await personOf('user_twice')).toMatchObject({ name: 'Ada Lovelace' });
});

test('two first reports of one person at once make one account', async () => {
  await Promise.all([
    deliver(clerkUser('user.created', 'user_race')),
    deliver(clerkUser('user.updated', 'user_race', { updatedAt: 2_000 })),
  ]);
  const { rows } = await database.owner.query("select count(*)::int as count from users where email = 'user_race@clerk.test'");
  expect(rows).toEqual([{ count: 1 }]);
});

test('a change of name and address is followed, and an older report that comes later is not', async () => {
  await deliver(clerkUser('user.created', 'user_moves'));
  await deliver(clerkUser('user.updated', 'user_moves', { first: 'Augusta', email: 'augusta@clerk.test', updatedAt: 3_000 }));
  await deliver(clerkUser('user.updated', 'user_moves', { first: 'Old', email: 'old@clerk.test', updatedAt: 2_000 }));
  expect(await personOf('user_moves')).toMatchObject({ name: 'Augusta Lovelace', email: 'augusta@clerk.test', verified: true });
});

test('an update that comes before the creation makes the account, and the creation changes nothing', async () => {
  await deliver(clerkUser('user.updated', 'user_early', { first: 'Augusta', updatedAt: 2_000 }));
  await deliver(clerkUser('user.created', 'user_early'));
  expect(await personOf('user_early')).toMatchObject({ name: 'Augusta Lovelace' });
});

test.each([
  ['an address that Clerk has not confirmed', 'user_unsure', { status: 'unverified' }, 'unverified-address'],
  ['no address', 'user_silent', { email: '' }, 'no-address'],
])('someone with %s waits for it', async (_, id, details, problem) => {
  await deliver(clerkUser('user.created', id, details));
  expect(await personOf(id)).toBeUndefined();
  expect(await problemOf(id)).toBe(problem);
  await deliver(clerkUser('user.updated', id, { updatedAt: 2_000 }));
  expect(await personOf(id)).toMatchObject({ email: `${id}@clerk.test` });
});

test('a new address that is unconfirmed, or another’s here, is left alone', async () => {
  await deliver(clerkUser('user.created', 'user_wants'));
  await deliver(clerkUser('user.updated', 'user_wants', { email: 'ines@school.test', updatedAt: 2_000 }));
  expect([(await personOf('user_wants')).email, await problemOf('user_wants')]).toEqual(['user_wants@clerk.test', 'address-taken']);
  await deliver(clerkUser('user.updated', 'user_wants', { email: 'next@clerk.test', status: 'unverified', updatedAt: 3_000 }));
  expect([(await personOf('user_wants')).email, await problemOf('user_wants')]).toEqual(['user_wants@clerk.test', 'unverified-address']);
});

test('a student of the school with the same confirmed address is connected, told, and keeps their own name', async () => {
  const { id } = await createUser(as(system), { name: 'Bea', email: 'bea@clerk.test', password });
  await deliver(clerkUser('user.created', 'user_bea', { email: 'bea@clerk.test' }));
  expect(await personOf('user_bea')).toMatchObject({ id, name: 'Bea' });
  expect(await mailsTo('bea@clerk.test')).toEqual(['accounts.identityConnected']);
  await deliver(clerkUser('user.updated', 'user_bea', { email: 'elsewhere@clerk.test', updatedAt: 2_000 }));
  expect(await personOf('user_bea')).toMatchObject({ name: 'Bea', email: 'bea@clerk.test' });
});

test('neither an admin nor someone with a second factor is connected by an address', async () => {
  await createUser(as(system), { name: 'Head', email: 'head@clerk.test', role: 'ADMIN' });
  await createUser(as(system), { name: 'Careful', email: 'careful@clerk.test' });
  await database.owner.query("update users set two_factor_enabled = true where email = 'careful@clerk.test'");
  for (const name of ['head', 'careful']) {
    await deliver(clerkUser('user.created', `user_${name}`, { email: `${name}@clerk.test` }));
    expect(await personOf(`user_${name}`)).toBeUndefined();
    expect(await problemOf(`user_${name}`)).toBe('address-taken');
  }
});

test('a sign-up that was never confirmed gives way: its password is gone', async () => {
  const client = { address: '203.0.113.7', userAgent: 'Test' };
  await signUp(as(guest), { name: 'Mallory', email: 'victim@clerk.test', password, client });
  await deliver(clerkUser('user.created', 'user_victim', { email: 'victim@clerk.test' }));
  const { id, ...person } = await personOf('user_victim');
  expect(person).toMatchObject({ name: 'Ada Lovelace', verified: true });
  const { rows } = await database.owner.query('select provider_id from accounts where user_id = $1', [id]);
  expect(rows).toEqual([{ provider_id: 'clerk' }]);
});

test('the end of a person at Clerk closes the account that Clerk made, and no later report brings it back', async () => {
  await deliver(clerkUser('user.created', 'user_leaves'));
  const { id } = await personOf('user_leaves');
  await deliver(clerkDeletion('user_leaves'));
  await deliver(clerkUser('user.updated', 'user_leaves', { updatedAt: 9_000 }));
  await deliver(clerkDeletion('user_leaves'));
  const { rows } = await database.owner.query('select name, deleted_at is not null as closed from users where id = $1', [id]);
  expect(rows).toEqual([{ name: 'Former member', closed: true }]);
  expect(await personOf('user_leaves')).toBeUndefined();
  const { rows: people } = await database.owner.query("select count(*)::int as count from users where email = 'user_leaves@clerk.test'");
  expect(people).toEqual([{ count: 0 }]);
});

test('an end that is reported before the beginning stays the end', async () => {
  await deliver(clerkDeletion('user_ghost'));
  await deliver(clerkUser('user.created', 'user_ghost'));
  expect(await personOf('user_ghost')).toBeUndefined();
});

test('the end of a person who has a password here too disconnects them only', async () => {
  const { id } = await createUser(as(system), { name: 'Cid', email: 'cid@clerk.test', password });
  await deliver(clerkUser('user.created', 'user_cid', { email: 'cid@clerk.test' }));
  await deliver(clerkDeletion('user_cid'));
  const { rows } = await database.owner.query(
    'select u.name, array(select a.provider_id from accounts a where a.user_id = u.id) as ways from users u where u.id = $1',
    [id],
  );
  expect(rows).toEqual([{ name: 'Cid', ways: ['credential'] }]);
  expect(await mailsTo('cid@clerk.test')).toEqual(['accounts.identityConnected', 'accounts.identityDisconnected']);
});

test('the school keeps its last admin: Clerk takes them out of their browsers, and no further', async () => {
  await deliver(clerkUser('user.created', 'user_chief'));
  const { id } = await personOf('user_chief');
  await database.owner.query("update users set role = case when id = $1 then 'ADMIN'::role else 'STUDENT'::role end", [id]);
  await deliver(clerkDeletion('user_chief'));
  expect(await problemOf('user_chief')).toBe('not-yet-closed');
  const { rows } = await database.owner.query('select deleted_at from users where id = $1', [id]);
  expect(rows).toEqual([{ deleted_at: null }]);
  await database.owner.query("update users set role = 'ADMIN' where email = 'ines@school.test'");
});

test.each<[string, Delivery]>([
  ['by another key', { key: `whsec_${Buffer.from('another key entirely').toString('base64')}` }],
  ['more than five minutes ago', { at: new Date(Date.now() - 301_000) }],
  ['for a time to come', { at: new Date(Date.now() + 600_000) }],
  ['for another delivery', { headers: { 'svix-id': 'msg_other' } }],
  ['at another time', { headers: { 'svix-timestamp': String(Math.floor(Date.now() / 1000) - 10) } }],
  ['not at all', { headers: { 'svix-signature': '' } }],
  ['by nonsense', { headers: { 'svix-signature': 'v1,nonsense v2,more' } }],
  ['at no time', { headers: { 'svix-timestamp': 'yesterday' } }],
])('a delivery that is signed %s is refused and leaves nothing', async (_, delivery) => {
  const count = async () => (await database.owner.query('select count(*)::int as count from webhook_events')).rows[0].count;
  const before = await count();
  expect((await deliver(clerkUser('user.created', 'user_forged'), delivery)).status).toBe(401);
  expect(await count()).toBe(before);
  expect(await personOf('user_forged')).toBeUndefined();
});

test('a changed body is refused', async () => {
  const body = JSON.stringify(clerkUser('user.created', 'user_forged'));
  const at = new Date();
  const headers = {
    'svix-id': 'msg_changed',
    'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
    'svix-signature': new Webhook(secret).sign('msg_changed', at, body),
  };
  const request = new Request('http://localhost:3000/webhooks/clerk', {
    method: 'POST',
    body: body.replace('user_forged', 'user_evil'),
    headers,
  });
  const answer = await POST({ locals: { ctx: as(guest) }, request } as unknown as Parameters<typeof POST>[0]);
  expect(answer.status).toBe(401);
});

test('what Clerk reports of other things is taken and left alone', async () => {
  expect((await deliver({ type: 'session.created', data: { id: 'sess_1' } }, { id: 'msg_session' })).status).toBe(204);
  const { rows } = await database.owner.query("select 1 from webhook_events where event_id = 'msg_session'");
  expect(rows).toEqual([]);
});

test('an event of another form is refused, so that Clerk sends it again to a school that knows it', async () => {
  await expect(deliver({ type: 'user.created', data: { id: 'user_odd' } })).rejects.toMatchObject({ code: 'invalid' });
});

test('of a report only who and when is kept', async () => {
  await deliver(clerkUser('user.created', 'user_private'), { id: 'msg_private' });
  const { rows } = await database.owner.query("select payload from webhook_events where event_id = 'msg_private'");
  expect(rows).toEqual([{ payload: { id: 'user_private', updatedAt: 1000 } }]);
});

test('without the setting there is no such address', async () => {
  await school.close();
  school = startTestProcess(database);
  await expect(deliver(clerkUser('user.created', 'user_off'))).rejects.toMatchObject({ code: 'not-found' });
  await school.close();
  school = startTestProcess(database, { CLERK_WEBHOOK_SECRET: secret });
});

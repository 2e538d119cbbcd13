import { expect, test } from 'vitest';
import { clerkBeside, clerkSettings, clerkUser, type Delivery } from '../../../../tests/support/clerk.ts';
import { testSchool } from '../../../../tests/support/test-school.ts';

const school = testSchool(clerkSettings);
const { deliver, personOf } = clerkBeside(school);

test('one event counts once, however often it comes, even at once', async () => {
  const id = 'msg_twice';
  const answers = await Promise.all([1, 2, 3].map(() => deliver(clerkUser('user.created', 'user_twice'), { id })));
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204]);
  const { rows } = await school.database.owner.query(
    "select attempts, processed_at is not null as done from webhook_events where event_id = 'msg_twice'",
  );
  expect(rows).toEqual([{ attempts: 1, done: true }]);
  await deliver(clerkUser('user.updated', 'user_twice', { first: 'Changed', updatedAt: 2_000 }), { id });
  expect(await personOf('user_twice')).toMatchObject({ name: 'Ada Lovelace' });
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
  const count = async () => (await school.database.owner.query('select count(*)::int as count from webhook_events')).rows[0].count;
  const before = await count();
  expect((await deliver(clerkUser('user.created', 'user_forged'), delivery)).status).toBe(401);
  expect(await count()).toBe(before);
  expect(await personOf('user_forged')).toBeUndefined();
});

test('a changed body is refused', async () => {
  const change = (body: string) => body.replace('user_forged', 'user_evil');
  expect((await deliver(clerkUser('user.created', 'user_forged'), { change })).status).toBe(401);
});

test('what Clerk reports of other things is taken and left alone', async () => {
  expect((await deliver({ type: 'session.created', data: { id: 'sess_1' } }, { id: 'msg_session' })).status).toBe(204);
  const { rows } = await school.database.owner.query("select 1 from webhook_events where event_id = 'msg_session'");
  expect(rows).toEqual([]);
});

test('an event of another form is refused, so that Clerk sends it again to a school that knows it', async () => {
  await expect(deliver({ type: 'user.created', data: { id: 'user_odd' } })).rejects.toMatchObject({ code: 'invalid' });
});

test('of a report only who and when is kept', async () => {
  await deliver(clerkUser('user.created', 'user_private'), { id: 'msg_private' });
  const { rows } = await school.database.owner.query("select payload from webhook_events where event_id = 'msg_private'");
  expect(rows).toEqual([{ payload: { id: 'user_private', updatedAt: 1000 } }]);
});

test('without the setting there is no such address', async () => {
  await school.restart();
  await expect(deliver(clerkUser('user.created', 'user_off'))).rejects.toMatchObject({ code: 'not-found' });
  await school.restart(clerkSettings);
});

import { beforeAll, expect, test } from 'vitest';
import { createUser, signUp } from '#features/accounts/index.server.ts';
import { clerkBeside, clerkDeletion, clerkSettings, clerkUser } from '../../../../tests/support/clerk.ts';
import { client, password, testSchool } from '../../../../tests/support/test-school.ts';

const school = testSchool(clerkSettings);
const { asGuest, asProgram } = school;
const { deliver, personOf, problemOf } = clerkBeside(school);

// The school keeps an admin, whatever Clerk says.
beforeAll(() => createUser(asProgram(), { name: 'Ines', email: 'ines@school.test', role: 'ADMIN', password }));

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

test('two first reports of one person at once make one account', async () => {
  await Promise.all([
    deliver(clerkUser('user.created', 'user_race')),
    deliver(clerkUser('user.updated', 'user_race', { updatedAt: 2_000 })),
  ]);
  const { rows } = await school.database.owner.query("select count(*)::int as count from users where email = 'user_race@clerk.test'");
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
  expect([(await personOf('user_wants'))?.email, await problemOf('user_wants')]).toEqual(['user_wants@clerk.test', 'address-taken']);
  await deliver(clerkUser('user.updated', 'user_wants', { email: 'next@clerk.test', status: 'unverified', updatedAt: 3_000 }));
  expect([(await personOf('user_wants'))?.email, await problemOf('user_wants')]).toEqual(['user_wants@clerk.test', 'unverified-address']);
});

test('a student of the school with the same confirmed address is connected, told, and keeps their own name', async () => {
  const { id } = await createUser(asProgram(), { name: 'Bea', email: 'bea@clerk.test', password });
  await deliver(clerkUser('user.created', 'user_bea', { email: 'bea@clerk.test' }));
  expect(await personOf('user_bea')).toMatchObject({ id, name: 'Bea' });
  expect(await mailsTo('bea@clerk.test')).toEqual(['accounts.identityConnected']);
  await deliver(clerkUser('user.updated', 'user_bea', { email: 'elsewhere@clerk.test', updatedAt: 2_000 }));
  expect(await personOf('user_bea')).toMatchObject({ name: 'Bea', email: 'bea@clerk.test' });
});

test('neither an admin nor someone with a second factor is connected by an address', async () => {
  await createUser(asProgram(), { name: 'Head', email: 'head@clerk.test', role: 'ADMIN' });
  await createUser(asProgram(), { name: 'Careful', email: 'careful@clerk.test' });
  await school.database.owner.query("update users set two_factor_enabled = true where email = 'careful@clerk.test'");
  for (const name of ['head', 'careful']) {
    await deliver(clerkUser('user.created', `user_${name}`, { email: `${name}@clerk.test` }));
    expect(await personOf(`user_${name}`)).toBeUndefined();
    expect(await problemOf(`user_${name}`)).toBe('address-taken');
  }
});

test('a sign-up that was never confirmed gives way: its password is gone', async () => {
  await signUp(asGuest(), { name: 'Mallory', email: 'victim@clerk.test', password, client });
  await deliver(clerkUser('user.created', 'user_victim', { email: 'victim@clerk.test' }));
  const { id, ...person } = (await personOf('user_victim')) ?? {};
  expect(person).toMatchObject({ name: 'Ada Lovelace', verified: true });
  const { rows } = await school.database.owner.query('select provider_id from accounts where user_id = $1', [id]);
  expect(rows).toEqual([{ provider_id: 'clerk' }]);
});

test('the end of a person at Clerk closes the account that Clerk made, and no later report brings it back', async () => {
  await deliver(clerkUser('user.created', 'user_leaves'));
  const id = (await personOf('user_leaves'))?.id;
  await deliver(clerkDeletion('user_leaves'));
  await deliver(clerkUser('user.updated', 'user_leaves', { updatedAt: 9_000 }));
  await deliver(clerkDeletion('user_leaves'));
  const { rows } = await school.database.owner.query('select name, deleted_at is not null as closed from users where id = $1', [id]);
  expect(rows).toEqual([{ name: 'Former member', closed: true }]);
  expect(await personOf('user_leaves')).toBeUndefined();
  const { rows: people } = await school.database.owner.query(
    "select count(*)::int as count from users where email = 'user_leaves@clerk.test'",
  );
  expect(people).toEqual([{ count: 0 }]);
});

test('an end that is reported before the beginning stays the end', async () => {
  await deliver(clerkDeletion('user_ghost'));
  await deliver(clerkUser('user.created', 'user_ghost'));
  expect(await personOf('user_ghost')).toBeUndefined();
});

test('the end of a person who has a password here too disconnects them only', async () => {
  const { id } = await createUser(asProgram(), { name: 'Cid', email: 'cid@clerk.test', password });
  await deliver(clerkUser('user.created', 'user_cid', { email: 'cid@clerk.test' }));
  await deliver(clerkDeletion('user_cid'));
  const { rows } = await school.database.owner.query(
    'select u.name, array(select a.provider_id from accounts a where a.user_id = u.id) as ways from users u where u.id = $1',
    [id],
  );
  expect(rows).toEqual([{ name: 'Cid', ways: ['credential'] }]);
  expect(await mailsTo('cid@clerk.test')).toEqual(['accounts.identityConnected', 'accounts.identityDisconnected']);
});

test('the school keeps its last admin: Clerk takes them out of their browsers, and no further', async () => {
  await deliver(clerkUser('user.created', 'user_chief'));
  const id = (await personOf('user_chief'))?.id;
  await school.database.owner.query("update users set role = case when id = $1 then 'ADMIN'::role else 'STUDENT'::role end", [id]);
  await deliver(clerkDeletion('user_chief'));
  expect(await problemOf('user_chief')).toBe('not-yet-closed');
  const { rows } = await school.database.owner.query('select deleted_at from users where id = $1', [id]);
  expect(rows).toEqual([{ deleted_at: null }]);
  await school.database.owner.query("update users set role = 'ADMIN' where email = 'ines@school.test'");
});

import { beforeAll, expect, test } from 'vitest';
import type { Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { runtime } from '#platform/runtime.server.ts';
import { idIn, insert, world } from '../../../../tests/database/world.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { guest } from '../../../../tests/support/database.ts';
import { inBrowser } from '../../../../tests/support/in-browser.ts';
import { client, testSchool } from '../../../../tests/support/test-school.ts';
import {
  actorOfKey,
  closeOwnAccount,
  closePerson,
  createApiKey,
  requestEmailChange,
  requestPasswordReset,
  signUp,
} from '../index.server.ts';

const school = testSchool();

beforeAll(async () => {
  await school.database.owner.query('begin');
  for (const [table, row] of world(1)) await insert(school.database.owner, table, row);
  await school.database.owner.query('commit');
});

const { asProgram } = school;
const as = (actor: Person, now = new Date()) => school.database.context(actor, now);
const rows = async (text: string, ...values: unknown[]) => (await school.database.owner.query(text, values)).rows;

async function ada(role: Person['role'] = 'STUDENT', name = 'Ada Lovelace'): Promise<Person> {
  return inBrowser(school.database, await aPerson(school.database, role, { name }), new Date());
}

async function countsOf(tables: string[]): Promise<unknown[]> {
  const counts: unknown[] = [];
  for (const table of tables) counts.push(...(await rows(`select count(*) from ${table}`)));
  return counts;
}

test('closing takes away who somebody was and how they got in, and keeps what others rely on', async () => {
  const id = idIn(1, 'student');
  const email = 'ada1@school.test';
  await school.database.owner.query(
    "update users set headline = 'Countess', bio = 'First.', website = 'https://ada.test', image = '/a.webp' where id = $1",
    [id],
  );
  const kept = ['enrollments', 'orders', 'posts', 'comments', 'reviews', 'lesson_progress', 'messages'];
  const countsBefore = await countsOf(kept);
  expect(await closePerson(asProgram(), id)).toEqual({ kind: 'closed' });
  expect((await rows('select * from users where id = $1', id))[0]).toMatchObject({
    name: 'Former member',
    email: `closed+${id}@closed.invalid`,
    email_verified: false,
    username: null,
    display_username: null,
    image: null,
    image_key: null,
    headline: null,
    bio: null,
    website: null,
    stripe_customer_id: null,
    deleted_at: expect.any(Date),
  });
  for (const table of [
    'sessions',
    'accounts',
    'passkeys',
    'two_factors',
    'api_keys',
    'user_profiles',
    'user_preferences',
    'data_exports',
    'notes',
  ])
    expect(await rows(`select 1 from ${table} where user_id = $1`, id), table).toEqual([]);
  expect(await countsOf(kept)).toEqual(countsBefore);
  expect(await rows('select learning_goals, current_streak_days from student_profiles where user_id = $1', id)).toEqual([
    { learning_goals: [], current_streak_days: 1 },
  ]);
  await school.runJobs();
  expect((await school.mailsTo(email)).map((mail) => mail.kind)).toEqual(['accounts.accountClosed']);
});

test('nothing of a closed person is found in any table of accounts', async () => {
  const actor = await ada('STUDENT', 'Zebedee Quux');
  await school.database.owner.query("update users set bio = 'Zebedee’s bio', username = 'zebedee' where id = $1", [actor.id]);
  await school.database.owner.query("insert into user_profiles (id, user_id, first_name) values ($1, $2, 'Zebedee')", [newId(), actor.id]);
  await school.database.owner.query("insert into student_profiles (id, user_id, learning_goals) values ($1, $2, '{Zebedee}')", [
    newId(),
    actor.id,
  ]);
  await school.database.owner.query(
    "insert into instructor_profiles (id, user_id, title, github) values ($1, $2, 'Zebedee', 'https://github.com/zebedee')",
    [newId(), actor.id],
  );
  await school.database.owner.query("insert into teaching_applications (id, user_id, message) values ($1, $2, 'Zebedee teaches')", [
    newId(),
    actor.id,
  ]);
  await requestPasswordReset(school.asGuest(), { email: actor.email, client });
  await requestEmailChange(as(actor), { email: 'zebedee@elsewhere.test', client });
  await createApiKey(as(actor), { name: 'Zebedee’s', scopes: ['profile:read'], days: null });
  await school.runJobs();
  await closePerson(asProgram(), actor.id);
  const tables = [
    'users',
    'sessions',
    'accounts',
    'verifications',
    'api_keys',
    'user_profiles',
    'student_profiles',
    'instructor_profiles',
    'teaching_applications',
    'audit_log',
  ];
  for (const table of tables) {
    const found = JSON.stringify(await rows(`select * from ${table}`));
    expect(found.includes('ebedee') || found.includes(actor.email), table).toBe(false);
  }
  expect(await rows('select 1 from email_messages where recipient = $1', actor.email)).toEqual([]);
});

test('one closes one’s own account by a fresh proof and by typing one’s address', async () => {
  const actor = await ada();
  await expect(closeOwnAccount(as(actor), { email: 'else@school.test' })).rejects.toMatchObject({
    code: 'invalid',
    fields: { email: expect.any(String) },
  });
  const stale = { ...actor, session: { ...actor.session!, startedAt: new Date(Date.now() - 3_600_000) } };
  await expect(closeOwnAccount(as(stale), { email: actor.email })).rejects.toMatchObject({ code: 'forbidden' });
  expect(await closeOwnAccount(as(actor), { email: ` ${actor.email.toUpperCase()} ` })).toEqual({ kind: 'closed' });
  expect(
    await rows('select actor_id, subject_id from audit_log where action = $1 and actor_id = $2', 'accounts.personClosed', actor.id),
  ).toEqual([{ actor_id: actor.id, subject_id: actor.id }]);
});

test('an admin who acts as somebody closes nothing', async () => {
  const actor = await ada();
  const impersonated = { ...actor, session: { ...actor.session!, impersonator: { id: newId<'user'>(), name: 'Ines' } } };
  await expect(closeOwnAccount(as(impersonated), { email: actor.email })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(closePerson(as(impersonated), actor.id)).rejects.toMatchObject({ code: 'forbidden' });
});

test('an admin closes somebody’s account, under their own name in the audit log; nobody else does', async () => {
  const [actor, admin] = [await ada(), await ada('ADMIN')];
  await expect(closePerson(as(await ada('INSTRUCTOR')), actor.id)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(closePerson(school.database.context(guest), actor.id)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await closePerson(as(admin), actor.id)).toEqual({ kind: 'closed' });
  expect(await rows('select actor_id from audit_log where subject_id = $1', actor.id)).toEqual([{ actor_id: admin.id }]);
});

test('closing twice is closing once', async () => {
  const actor = await ada();
  expect(await Promise.all([closePerson(asProgram(), actor.id), closePerson(asProgram(), actor.id)])).toEqual([
    { kind: 'closed' },
    { kind: 'closed' },
  ]);
  await school.runJobs();
  expect(await school.mailsTo(actor.email)).toHaveLength(1);
  for (const id of [newId(), 'nonsense']) await expect(closePerson(asProgram(), id)).rejects.toMatchObject({ code: 'not-found' });
});

test('who has published courses, and the last admin, are told what to do first', async () => {
  const teacher = await ada('INSTRUCTOR');
  const course = await aCourse(school.database, { instructorId: teacher.id, title: 'Sorting by hand' });
  const answer = await closeOwnAccount(as(teacher), { email: teacher.email });
  expect(answer).toMatchObject({ kind: 'not-yet', obstacles: [{ message: expect.stringContaining('Sorting by hand') }] });
  await school.database.owner.query("update courses set status = 'ARCHIVED' where id = $1", [course.id]);
  expect(await closeOwnAccount(as(teacher), { email: teacher.email })).toEqual({ kind: 'closed' });
  await school.database.owner.query("update users set role = 'STUDENT' where role = 'ADMIN'");
  const [first, second] = [await ada('ADMIN'), await ada('ADMIN')];
  const answers = await Promise.all([first, second].map((admin) => closeOwnAccount(as(admin), { email: admin.email })));
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['closed', 'not-yet']);
});

test('every way in is shut at once, and the address is free for somebody new', async () => {
  const actor = await ada();
  const { key } = await createApiKey(as(actor), { name: 'Reports', scopes: ['profile:read'], days: null });
  await closePerson(asProgram(), actor.id);
  expect(await actorOfKey(new Headers({ authorization: `Bearer ${key}` }), new Date())).toEqual(guest);
  expect(await rows('select 1 from sessions where user_id = $1', actor.id)).toEqual([]);
  await signUp(school.asGuest(), {
    name: 'Ada Again',
    email: actor.email,
    password: 'eleven quiet green lamps',
    client,
  });
  const [fresh] = await rows('select id, name from users where email = $1', actor.email);
  expect(fresh).toMatchObject({ name: 'Ada Again' });
  expect(fresh?.id).not.toBe(actor.id);
});

test('the picture and archives of a closed person are gone from the storage’s books', async () => {
  const actor = await ada();
  const [key, archive] = [`${actor.id.slice(-2)}/${actor.id.replaceAll('-', '')}.webp`, `exports/${newId()}.zip`];
  await school.database.owner.query(
    `insert into files (id, key, name, content_type, size_bytes, sha256, visibility, state, owner_id)
     values ($1, $2, 'me.webp', 'image/webp', 3, repeat('a', 64), 'PUBLIC', 'READY', $3)`,
    [newId(), key, actor.id],
  );
  await school.database.owner.query('update users set image_key = $1 where id = $2', [key, actor.id]);
  await runtime().storage.put(archive, 'zip');
  await school.database.owner.query(
    "insert into data_exports (id, user_id, state, key, size_bytes, expires_at) values ($1, $2, 'READY', $3, 3, now() + interval '1 day')",
    [newId(), actor.id, archive],
  );
  await closePerson(asProgram(), actor.id);
  expect(await rows('select 1 from files where key = $1', key)).toEqual([]);
  await school.runJobs();
  expect(await runtime().storage.exists(archive)).toBe(false);
});

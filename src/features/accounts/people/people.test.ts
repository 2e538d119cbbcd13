import { expect, test } from 'vitest';
import type { UserId } from '#platform/ids.ts';
import { guest, person } from '../../../../tests/support/database.ts';
import { password, testSchool } from '../../../../tests/support/test-school.ts';
import { changeRole, createUser, findPersonByEmail, setPassword, signIn } from '../index.server.ts';

const school = testSchool();

const { asProgram } = school;
const enter = (email: string, word: string) =>
  signIn(school.asGuest(), { email, password: word, remember: true, client: { address: '203.0.113.7', userAgent: '' } });

async function deeds(subjectId: string): Promise<{ action: string; actor: string | null }[]> {
  const { rows } = await school.database.owner.query(
    'select action, actor_id as actor from audit_log where subject_id = $1 order by sequence',
    [subjectId],
  );
  return rows;
}

test('the program makes people who can sign in at once', async () => {
  const { id, created } = await createUser(asProgram(), { name: 'Ines', email: 'Ines@School.test', password, role: 'ADMIN' });
  expect(created).toBe(true);
  expect((await enter('ines@school.test', password)).kind).toBe('signed-in');
  expect(await deeds(id)).toEqual([{ action: 'accounts.userCreated', actor: null }]);
  expect(await findPersonByEmail(asProgram(), { email: ' INES@school.test' })).toMatchObject({
    kind: 'person',
    id,
    name: 'Ines',
    email: 'ines@school.test',
    role: 'ADMIN',
    timeZone: 'UTC',
    locale: 'en',
  });
});

test('an admin makes people under their own rights, and it is written down who did', async () => {
  const { id: adminId } = await createUser(asProgram(), { name: 'Ines', email: 'admin@school.test', role: 'ADMIN' });
  const { id } = await createUser(school.database.context(person('ADMIN', adminId), new Date()), {
    name: 'Tomas',
    email: 'tomas@school.test',
    password,
  });
  expect(await deeds(id)).toEqual([{ action: 'accounts.userCreated', actor: adminId }]);
});

test.each([guest, person('STUDENT'), person('INSTRUCTOR')])('neither makes, changes nor looks up people: %#', async (actor) => {
  const ctx = school.database.context(actor, new Date());
  await expect(createUser(ctx, { name: 'Eve', email: 'eve@school.test' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(changeRole(ctx, { email: 'ines@school.test', role: 'STUDENT' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(setPassword(ctx, { email: 'ines@school.test', password })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(findPersonByEmail(ctx, { email: 'ines@school.test' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('an address has one account: a second is refused, or for a seed it is the first', async () => {
  const first = await createUser(asProgram(), { name: 'Mira', email: 'mira@school.test', password });
  await expect(createUser(asProgram(), { name: 'Mira', email: 'MIRA@school.test' })).rejects.toMatchObject({
    code: 'conflict',
    fields: { email: expect.any(String) },
  });
  expect(
    await createUser(asProgram(), { name: 'Other', email: 'mira@school.test', password: `${password} two`, ifExists: 'keep' }),
  ).toEqual({ id: first.id, created: false });
  expect((await enter('mira@school.test', password)).kind).toBe('signed-in');
});

test('two seeds in the same moment make one person', async () => {
  const answers = await Promise.all(
    [1, 2].map(() => createUser(asProgram(), { name: 'Seed', email: 'seed@school.test', ifExists: 'keep' })),
  );
  expect(answers.map((answer) => answer.created).sort()).toEqual([false, true]);
  expect(answers[0]?.id).toBe(answers[1]?.id);
});

test('the demo’s well-known password is for demo people only', async () => {
  await expect(createUser(asProgram(), { name: 'Eve', email: 'eve@school.test', password: 'lyceum-demo-school' })).rejects.toMatchObject({
    fields: { password: expect.any(String) },
  });
  await createUser(asProgram(), { name: 'Demo', email: 'admin@demo.school', password: 'lyceum-demo-school' });
  expect((await enter('admin@demo.school', 'lyceum-demo-school')).kind).toBe('signed-in');
});

test('a role is changed, written down, and changing it to itself is nothing', async () => {
  const { id } = await createUser(asProgram(), { name: 'Rolf', email: 'rolf@school.test' });
  expect(await changeRole(asProgram(), { email: 'rolf@school.test', role: 'INSTRUCTOR' })).toEqual({
    id,
    before: 'STUDENT',
    after: 'INSTRUCTOR',
  });
  await changeRole(asProgram(), { email: 'rolf@school.test', role: 'INSTRUCTOR' });
  expect((await deeds(id)).map((deed) => deed.action)).toEqual(['accounts.userCreated', 'accounts.roleChanged']);
  await expect(changeRole(asProgram(), { email: 'nobody@school.test', role: 'ADMIN' })).rejects.toMatchObject({ code: 'not-found' });
});

test('the school keeps an admin, even when the last two demote each other in the same moment', async () => {
  const { rows } = await school.database.owner.query<{ email: string }>("select email from users where role = 'ADMIN'");
  for (const { email } of rows.slice(2)) await changeRole(asProgram(), { email, role: 'STUDENT' });
  const lastTwo = rows.slice(0, 2).map(({ email }) => email);
  expect(lastTwo).toHaveLength(2);
  const answers = await Promise.allSettled(lastTwo.map((email) => changeRole(asProgram(), { email, role: 'STUDENT' })));
  expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
  const left = await school.database.owner.query("select count(*)::int as admins from users where role = 'ADMIN'");
  expect(left.rows).toEqual([{ admins: 1 }]);
});

test('a password set for someone ends their sessions, counts at once, and they are told', async () => {
  const { id } = await createUser(asProgram(), { name: 'Nora', email: 'nora@school.test', password });
  await enter('nora@school.test', password);
  await setPassword(asProgram(), { email: 'nora@school.test', password: 'eleven quiet green lamps' });
  expect((await school.database.owner.query('select 1 from sessions where user_id = $1', [id as UserId])).rows).toEqual([]);
  await expect(enter('nora@school.test', password)).rejects.toMatchObject({ code: 'invalid' });
  expect((await enter('nora@school.test', 'eleven quiet green lamps')).kind).toBe('signed-in');
  await school.runJobs();
  expect((await school.mailsTo('nora@school.test')).map((mail) => mail.kind)).toEqual(['accounts.passwordChanged']);
  await expect(setPassword(asProgram(), { email: 'nora@school.test', password: 'short' })).rejects.toMatchObject({ code: 'invalid' });
});

import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { aPerson } from '../../../../../tests/support/courses.ts';
import { guest, person } from '../../../../../tests/support/database.ts';
import { client, password, testSchool } from '../../../../../tests/support/test-school.ts';
import { importPeople, resetPassword, signIn } from '../../index.server.ts';
import type { Passwords } from './candidates.ts';

const school = testSchool();
let admin: Awaited<ReturnType<typeof aPerson>>;
beforeAll(async () => {
  admin = await aPerson(school.database, 'ADMIN');
});

const asAdmin = () => school.database.context(admin, new Date());
const enter = (email: string, word = password) => signIn(school.asGuest(), { email, password: word, remember: true, client });

const run = (csv: string | Uint8Array, more: { passwords?: Passwords; rehearse?: boolean } = {}) =>
  importPeople(asAdmin(), {
    csv: typeof csv === 'string' ? new TextEncoder().encode(csv) : csv,
    passwords: more.passwords ?? 'invite',
    rehearse: more.rehearse ?? false,
  });

const peopleWith = async (pattern: string) =>
  (
    await school.database.owner.query<{ id: string; email: string }>(
      'select id, name, email, username, display_username as spelled, role, email_verified as confirmed from users where email like $1 order by email',
      [pattern],
    )
  ).rows;

test('a rehearsal says what would become of each row and writes nothing', async () => {
  await aPerson(school.database, 'STUDENT');
  const csv = `username,firstname,lastname,email,role,course1
ada.l,Ada,Lovelace,ada@dry.test,instructor,math102
,Grace,Hopper,grace@dry.test,,
x,Bad,Username,bad@dry.test,,
,,,nameless@dry.test,,
,Bad,Role,role@dry.test,dean,
,Bad,Address,nobody,,
,Same,Address,ADA@dry.test,,
ada.l,Same,Username,same@dry.test,,
,Known,Person,${admin.email},,
`;
  const { rows, ignoredColumns, isRehearsal } = await run(csv, { rehearse: true });
  expect(isRehearsal).toBe(true);
  expect(ignoredColumns).toEqual(['course1']);
  expect(rows.map(({ row, outcome, problems }) => [row, outcome, ...problems.map(({ column }) => column)])).toEqual([
    [2, 'made'],
    [3, 'made'],
    [4, 'refused', 'username'],
    [5, 'refused', 'firstname'],
    [6, 'refused', 'role'],
    [7, 'refused', 'email'],
    [8, 'refused', 'email'],
    [9, 'refused', 'username'],
    [10, 'exists'],
  ]);
  expect(rows[0]).toMatchObject({ name: 'Ada Lovelace', role: 'INSTRUCTOR' });
  expect(rows[6]?.problems).toEqual([{ column: 'email', message: 'Row 2 has the same.' }]);
  expect(await peopleWith('%@dry.test')).toEqual([]);
});

test('every good row is made, and invited to choose a password by a link that lasts', async () => {
  const csv = 'username;name;email;role\nAda.L;Ada Lovelace;Ada@good.test;instructor\n;;nameless@good.test;\n;Grace;grace@good.test;\n';
  const { rows } = await run(csv);
  expect(rows.map(({ outcome }) => outcome)).toEqual(['made', 'refused', 'made']);
  const people = await peopleWith('%@good.test');
  expect(people).toMatchObject([
    { name: 'Ada Lovelace', email: 'ada@good.test', username: 'ada.l', spelled: 'Ada.L', role: 'INSTRUCTOR', confirmed: true },
    { name: 'Grace', email: 'grace@good.test', username: null, role: 'STUDENT', confirmed: true },
  ]);
  await school.runJobs();
  const [mail] = await school.mailsTo('ada@good.test');
  expect(mail?.subject).toBe('There is an account for you');
  const token = new URL(/http\S+/.exec(mail?.text ?? '')?.[0] ?? '').searchParams.get('token') ?? '';
  const inSixDays = new Date(Date.now() + 6 * 86_400_000);
  expect(await resetPassword(school.database.context(guest, inSixDays), { token, password, client })).toEqual({ kind: 'changed' });
  expect((await enter('ada@good.test')).kind).toBe('signed-in');
  const { rows: deeds } = await school.database.owner.query(
    'select action, actor_id as actor, after from audit_log where subject_id = $1',
    [people[0]?.id],
  );
  expect(deeds).toEqual([{ action: 'accounts.userCreated', actor: admin.id, after: { role: 'INSTRUCTOR', by: 'import' } }]);
});

test('the same file again changes nothing and invites nobody twice', async () => {
  const csv = 'name,email\nIda,ida@again.test\nOtto,otto@again.test\n';
  await run(csv);
  await school.database.owner.query("update users set name = 'Ida Renamed' where email = 'ida@again.test'");
  const { rows } = await run(csv.replace('Otto', 'Other'));
  expect(rows.map(({ outcome }) => outcome)).toEqual(['exists', 'exists']);
  expect(await peopleWith('%@again.test')).toMatchObject([{ name: 'Ida Renamed' }, { name: 'Otto' }]);
  await school.runJobs();
  expect(await school.mailsTo('ida@again.test')).toHaveLength(1);
});

test('two imports of one file at once make everybody once', async () => {
  const csv = `name,email\n${Array.from({ length: 150 }, (_, index) => `Person ${index},p${index}@twice.test`).join('\n')}`;
  const answers = await Promise.all([run(csv), run(csv)]);
  const made = answers.flatMap(({ rows }) => rows.filter(({ outcome }) => outcome === 'made').map(({ email }) => email));
  expect(new Set(made).size).toBe(made.length);
  expect(await peopleWith('%@twice.test')).toHaveLength(150);
});

test('passwords of the file are used when wished, each under the rules for passwords', async () => {
  const csv = `name,email,password\nAda,ada@words.test,${password}\nBo,bo@words.test,short\nCy,cy@words.test,\n`;
  const ignored = await run(csv, { rehearse: true });
  expect(ignored.rows.map(({ outcome }) => outcome)).toEqual(['made', 'made', 'made']);
  const { rows } = await run(csv, { passwords: 'use' });
  expect(rows.map(({ outcome, problems }) => [outcome, ...problems.map(({ column }) => column)])).toEqual([
    ['made'],
    ['refused', 'password'],
    ['made'],
  ]);
  expect((await enter('ada@words.test')).kind).toBe('signed-in');
  await school.runJobs();
  expect(await school.mailsTo('ada@words.test')).toEqual([]);
  expect(await school.mailsTo('cy@words.test')).toHaveLength(1);
});

test('more passwords than can be hashed in a while are refused before anything is made', async () => {
  const csv = `name,email,password\n${Array.from({ length: 201 }, (_, index) => `P,p${index}@many.test,${password}`).join('\n')}`;
  await expect(run(csv, { passwords: 'use' })).rejects.toMatchObject({ fields: { file: expect.stringContaining('200') } });
  expect(await peopleWith('%@many.test')).toEqual([]);
});

test('a username that somebody has is refused, and no formula or other text becomes anything but a name', async () => {
  await run('name,email,username\n=1+1,formula@names.test,taken.name');
  const { rows } = await run("name,email,username\nEve,eve@names.test,TAKEN.name\nRobert'); drop table users;--,bobby@names.test,");
  expect(rows.map(({ outcome }) => outcome)).toEqual(['refused', 'made']);
  expect(await peopleWith('%@names.test')).toMatchObject([{ name: "Robert'); drop table users;--" }, { name: '=1+1' }]);
});

const moodle = '../shared/fixtures/users/upload_users.csv';
test.skipIf(!existsSync(moodle))('Moodle’s own example comes in by invitation, and its short passwords are named', async () => {
  const csv = readFileSync(moodle);
  const strict = await run(csv, { passwords: 'use', rehearse: true });
  expect(strict.rows.map(({ row, problems }) => [row, problems[0]?.column])).toEqual([
    [2, 'password'],
    [3, 'password'],
  ]);
  const { rows, ignoredColumns } = await run(csv);
  expect(ignoredColumns).toEqual(['course1', 'group1']);
  expect(rows.map(({ outcome }) => outcome)).toEqual(['made', 'made']);
  expect(await peopleWith('%@example.com')).toMatchObject([
    { name: 'Tom Jones', username: 'jonest', role: 'STUDENT' },
    { name: 'Trent Reznor', username: 'reznor', role: 'STUDENT' },
  ]);
});

test.each([guest, person('STUDENT'), person('INSTRUCTOR')])('nobody but an admin imports people: %#', async (actor) => {
  const input = { csv: new TextEncoder().encode('name,email\nEve,eve@school.test'), passwords: 'invite', rehearse: true } as const;
  await expect(importPeople(school.database.context(actor), input)).rejects.toMatchObject({ code: 'forbidden' });
});

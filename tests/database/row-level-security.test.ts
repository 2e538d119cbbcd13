import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { type Acting, actingOn, allRows } from './acting.ts';
import { idIn, insertWorld } from './world.ts';

const database = testDatabase();
/** The application's role, as every query of the program runs. */
let application: pg.Client;
let actingAs: Acting;
let privateTables: string[];
/** Every row of the private tables as JSON text, by table, of the first person's world and of the second's. */
const first = new Map<string, string[]>();
const second = new Map<string, string[]>();

const student = idIn(1, 'student');
const instructor = idIn(1, 'instructor');

beforeAll(async () => {
  application = new pg.Client({ connectionString: database.applicationUrl });
  await application.connect();
  actingAs = actingOn(application);
  const { rows } = await database.owner.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relrowsecurity and not relispartition order by 1`,
  );
  privateTables = rows.map(({ name }) => name);
  await insertWorld(database.owner, 1);
  for (const table of privateTables) first.set(table, await allRows(database.owner, table));
  await insertWorld(database.owner, 2);
  for (const table of privateTables) {
    const rows = await allRows(database.owner, table);
    second.set(
      table,
      rows.filter((row) => !first.get(table)?.includes(row)),
    );
  }
});
afterAll(() => application.end());

/** What someone sees of each private table by a query without a `where`. */
async function seenBy(userId: string, role: string): Promise<Record<string, string[]>> {
  return actingAs(userId, role, async () => {
    const seen: Record<string, string[]> = {};
    for (const table of privateTables) seen[table] = await allRows(application, table);
    return seen;
  });
}

function expectedOfStudent(table: string): string[] {
  const mine = first.get(table)!;
  if (closedToStudents.includes(table)) return [];
  if (published.includes(table)) return [...mine, ...second.get(table)!].sort();
  return table === 'users' ? mine.filter((row) => row.includes(`"id": "${student}"`)) : mine;
}

/** Names of the tables of which something is seen. */
const tablesIn = (seen: Record<string, string[]>) => privateTables.filter((table) => seen[table]!.length > 0);

// Private, and not even of the person they speak of.
const closedToStudents = [
  'analytics_events',
  'coupon_products',
  'coupons',
  'course_analytics',
  'email_messages',
  'imports',
  'ledger_entries',
  'lesson_versions',
  'number_series',
  'payouts',
  'platform_analytics',
  'question_banks',
  'shop_alarms',
  'storage_use',
  'verifications',
  'webhook_events',
];
const learningTables = [
  'access_grants',
  'answers',
  'attendances',
  'certificates',
  'chapter_progress',
  'course_analytics',
  'enrollments',
  'lesson_progress',
  'live_sessions',
  'package_attempts',
  'question_banks',
  'questions',
  'quiz_attempts',
  'quiz_questions',
  'submission_files',
  'submissions',
];
const ownOfInstructor = [
  'conversation_members',
  'conversations',
  'coupon_products',
  'coupons',
  'imports',
  'course_invitations',
  'ledger_entries',
  'lesson_versions',
  'messages',
  'payouts',
  'storage_use',
  'users',
];
/** Private until it is published, as those of the two worlds are. */
const published = ['blog_posts'];

test('the private tables of the model are private', () => {
  const named =
    `user_profiles student_profiles fitness_profiles user_preferences cart_items wishlist_items orders order_items payments enrollments
    lesson_progress chapter_progress notes quiz_attempts answers submissions messages notifications workouts measurements
    sessions accounts two_factors passkeys api_keys verifications audit_log teaching_applications data_exports users`.split(/\s+/);
  expect(named.filter((name) => !privateTables.includes(name))).toEqual([]);
});

test('both people have rows in every private table', () => {
  expect(privateTables.filter((table) => !first.get(table)?.length || !second.get(table)?.length)).toEqual([]);
});

test('policies hold the owner of the tables too, and say what may be written', async () => {
  const { rows } = await database.owner.query(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity and not relispartition and not relforcerowsecurity
        and relname <> 'users' -- whose view "people" reads as the owner
     union all
     select polrelid::regclass::text from pg_policy where polcmd in ('*', 'w', 'a') and polwithcheck is null`,
  );
  expect(rows).toEqual([]);
});

describe('a query without a where', () => {
  test('shows a student all that is theirs and nothing of anybody else', async () => {
    const seen = await seenBy(student, 'STUDENT');
    for (const table of privateTables) {
      expect([table, seen[table]]).toEqual([table, expectedOfStudent(table)]);
    }
  });

  test('shows an instructor the learning rows of their own courses, and no cart, note or order of the student', async () => {
    const seen = await seenBy(instructor, 'INSTRUCTOR');
    for (const table of learningTables) expect([table, seen[table]]).toEqual([table, first.get(table)]);
    expect(tablesIn(seen).sort()).toEqual([...learningTables, ...ownOfInstructor, ...published].sort());
    for (const table of ownOfInstructor)
      expect([table, seen[table]!.filter((row) => second.get(table)!.includes(row))]).toEqual([table, []]);
  });

  test('shows an assistant the learning rows of the course they help in', async () => {
    await database.owner.query("insert into users (id, name, email) values ($1, 'Helper', 'helper@school.test')", [idIn(1, 'helper')]);
    await database.owner.query("insert into course_instructors (course_id, user_id, role) values ($1, $2, 'ASSISTANT')", [
      idIn(1, 'course'),
      idIn(1, 'helper'),
    ]);
    const seen = await seenBy(idIn(1, 'helper'), 'INSTRUCTOR');
    expect(tablesIn(seen)).toEqual([...learningTables, ...published, 'users'].sort());
    for (const table of learningTables) expect([table, seen[table]]).toEqual([table, first.get(table)]);
  });

  test('shows nothing where nobody acts', async () => {
    expect(tablesIn(await seenBy('', ''))).toEqual(published);
  });

  test.each(['ADMIN', 'SYSTEM'])('shows everything to %s', async (role) => {
    const seen = await seenBy('', role);
    for (const table of privateTables) expect([table, seen[table]]).toEqual([table, await allRows(database.owner, table)]);
  });
});

describe('writing for somebody else is refused', () => {
  test('a row of one’s own cannot be given away', async () => {
    const give = () => application.query('update notes set user_id = $1', [idIn(2, 'student')]);
    await expect(actingAs(student, 'STUDENT', give)).rejects.toMatchObject({ code: '42501' });
  });

  test('a message goes only between the two of the conversation', async () => {
    const write = (sender: string, receiver: string) => () =>
      application.query(
        "insert into messages (id, conversation_id, sender_id, receiver_id, content) values (gen_random_uuid(), $1, $2, $3, 'Hi')",
        [idIn(1, 'conversation'), sender, receiver],
      );
    await expect(actingAs(student, 'STUDENT', write(student, instructor))).resolves.toMatchObject({ rowCount: 1 });
    await expect(actingAs(student, 'STUDENT', write(student, idIn(2, 'student')))).rejects.toMatchObject({ code: '42501' });
    await expect(actingAs(student, 'STUDENT', write(instructor, student))).rejects.toMatchObject({ code: '42501' });
  });

  test('anyone may report an event as themselves or as nobody', async () => {
    const report = (userId: string | null) => () =>
      application.query("insert into analytics_events (id, user_id, session_id, event) values (gen_random_uuid(), $1, 's', 'page.view')", [
        userId,
      ]);
    await expect(actingAs(student, 'STUDENT', report(student))).resolves.toMatchObject({ rowCount: 1 });
    await expect(actingAs('', '', report(null))).resolves.toMatchObject({ rowCount: 1 });
  });
});

describe('the application’s role', () => {
  test('owns nothing, is no superuser and bypasses no policy', async () => {
    const { rows } = await application.query(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
              (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned,
              (select count(*)::int from pg_auth_members where member = pg_roles.oid) as memberships
         from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false, owned: 0, memberships: 0 },
    ]);
  });

  test.each([
    'alter table enrollments disable row level security',
    'alter table enrollments no force row level security',
    'drop policy learn on enrollments',
    'create policy open on enrollments using (true)',
    'set role lyceum',
    'set session authorization lyceum',
    'alter role current_user bypassrls',
    'create table mine (id int)',
    'truncate notes',
    'drop table notes',
    'set session_replication_role = replica',
    'alter table audit_log disable trigger audit_log_append_only',
    'delete from _prisma_migrations',
  ])('may not: %s', async (attempt) => {
    await expect(actingAs(student, 'STUDENT', () => application.query(attempt))).rejects.toMatchObject({
      code: expect.stringMatching(/^(42501|0A000)$/),
    });
  });

  test('gets an error, not the rows, when it asks for them without policies', async () => {
    const ask = () => application.query('set local row_security = off').then(() => application.query('select * from notes'));
    await expect(actingAs(student, 'STUDENT', ask)).rejects.toMatchObject({ code: '42501' });
  });

  test('sees nothing of a partition past its parent', async () => {
    const seen = await actingAs('', 'SYSTEM', async () => [
      await allRows(application, 'analytics_events_default'),
      await allRows(application, 'analytics_events'),
    ]);
    expect(seen[0]).toEqual([]);
    expect(seen[1]).toHaveLength(2);
  });
});

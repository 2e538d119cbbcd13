import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type Acting, actingOn } from './acting.ts';
import { idIn, insertWorld, world } from './world.ts';

let database: TestDatabase;
/** The application's role, as every query of the program runs. */
let application: pg.Client;
let actingAs: Acting;

const student = idIn(1, 'student');
const instructor = idIn(1, 'instructor');
const refused = { code: '42501' };

beforeAll(async () => {
  database = await createTestDatabase();
  application = new pg.Client({ connectionString: database.applicationUrl });
  await application.connect();
  actingAs = actingOn(application);
  await insertWorld(database.owner, 1);
  await insertWorld(database.owner, 2);
  const help = 'insert into course_instructors (course_id, user_id, role) values ($1, $2, $3)';
  for (const [name, role] of [
    ['co-instructor', 'CO_INSTRUCTOR'],
    ['assistant', 'ASSISTANT'],
  ]) {
    await database.owner.query('insert into users (id, name, email) values ($1, $2, $3)', [idIn(1, name!), name, `${name}@school.test`]);
    await database.owner.query(help, [idIn(1, 'course'), idIn(1, name!), role]);
  }
});
afterAll(async () => {
  await application.end();
  await database.drop();
});

type Who = 'student' | 'instructor' | 'co-instructor' | 'assistant';
const roleOf: Record<Who, string> = { student: 'STUDENT', instructor: 'INSTRUCTOR', 'co-instructor': 'STUDENT', assistant: 'STUDENT' };
const who = Object.keys(roleOf) as Who[];

/** Who changes rows of a table in their own world besides the school, by table. Every table of the school is here. */
const writers: Record<string, Who[]> = {
  // The school's own.
  ...writtenBy(
    [],
    'analytics_events badges categories course_analytics email_messages number_series platform_analytics tax_rates user_badges',
  ),
  ...writtenBy([], 'course_facets verifications webhook_events'),
  // Books only grow.
  ...writtenBy([], 'audit_log ledger_entries payouts'),
  // Money, merit and what the school decides: the person it belongs to reads it.
  ...writtenBy([], 'certificates coupon_redemptions data_exports invoices order_items orders payments point_events refunds streak_freezes'),
  ...writtenBy([], 'subscriptions teaching_applications'),
  // Ways in: seen and ended by their person, made and changed by sign-in, which is the system.
  ...writtenBy([], 'accounts api_keys passkeys sessions two_factors'),
  // A person's own.
  ...writtenBy(['student'], 'calendar_feeds'),
  ...writtenBy(['student'], 'cart_items device_connections exercises fitness_profiles learning_days measurements notes notifications'),
  ...writtenBy(
    ['student'],
    'push_subscriptions reports student_profiles user_preferences user_profiles webhook_deliveries webhook_endpoints',
  ),
  ...writtenBy(['student'], 'wishlist_items workout_samples workout_sets workouts'),
  ...writtenBy(['student'], 'blog_comments comments posts reactions reviews'),
  ...writtenBy(['instructor'], 'blog_posts coupon_products coupons files instructor_profiles products prices'),
  ...writtenBy(who, 'users'),
  ...writtenBy(['student', 'instructor'], 'conversation_members conversations messages'),
  // A course's: whoever may change it. Its first instructor decides who else teaches, and sells it.
  ...writtenBy(['instructor', 'co-instructor'], 'assignments chapters course_categories course_prerequisites courses lessons'),
  ...writtenBy(['instructor', 'co-instructor'], 'live_sessions program_days programs question_banks questions quiz_questions quizzes'),
  ...writtenBy(['instructor', 'co-instructor'], 'resources spaces'),
  ...writtenBy(['instructor', 'co-instructor'], 'captions videos'),
  ...writtenBy(['instructor'], 'announcements course_instructors product_courses'),
  // What learners do in it: they, and whoever helps them.
  ...writtenBy(who, 'answers attendances chapter_progress enrollments lesson_progress quiz_attempts submission_files submissions'),
  // None bought this way in but from the school: a grant by hand would be the course's.
  ...writtenBy([], 'access_grants'),
};

/** Tables without any rule, with the reason. */
const free: Record<string, string> = {
  rate_limits: 'attempts are counted before anybody is known, by the library that owns the table',
  _prisma_migrations: 'the application may only read it',
};

const isId = (value: unknown) => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value);

function writtenBy(people: Who[], tables: string): Record<string, Who[]> {
  return Object.fromEntries(tables.split(' ').map((table) => [table, people]));
}

test('every table is private or guarded, or on the short list of those that need not be', async () => {
  const { rows } = await database.owner.query<{ name: string; isPrivate: boolean; isGuarded: boolean }>(
    `select relname as name, relrowsecurity as "isPrivate",
            (select coalesce(bit_or(tgtype), 0) & 28 = 28 from pg_trigger where tgrelid = pg_class.oid and tgfoid = 'guard_rows'::regproc) as "isGuarded"
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
  );
  expect(rows.filter(({ isPrivate, isGuarded }) => !isPrivate && !isGuarded).map(({ name }) => name)).toEqual(Object.keys(free).sort());
  expect(rows.filter(({ isPrivate, isGuarded }) => isPrivate || isGuarded).map(({ name }) => name)).toEqual(Object.keys(writers).sort());
});

test('no view shows more than it says: each runs as who asks, or is one of the two over people', async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
        and not coalesce('security_invoker=true' = any (reloptions), false) order by 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual(['people', 'people_in_full']);
});

/** Ids of the places of all rows of a table. */
async function placesIn(table: string): Promise<string[]> {
  const { rows } = await database.owner.query<{ place: string }>(`select tableoid || ' ' || ctid as place from ${table}`);
  return rows.map(({ place }) => place);
}

/** The rows of a table that someone can change, as JSON text: each is tried by itself. */
async function changedBy(name: Who, table: string): Promise<string[]> {
  const { rows: columns } = await database.owner.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum limit 1`,
    [table],
  );
  const column = columns[0]!.name;
  const text = `update ${table} t set "${column}" = t."${column}" where tableoid || ' ' || ctid = $1 returning to_jsonb(t)::text as row`;
  const places = await placesIn(table);
  return actingAs(idIn(1, name), roleOf[name], async () => {
    const changed: string[] = [];
    for (const place of places) {
      await application.query('savepoint attempt');
      try {
        changed.push(...(await application.query<{ row: string }>(text, [place])).rows.map(({ row }) => row));
      } catch (error) {
        if ((error as { code: string }).code !== refused.code) throw error;
      }
      await application.query('rollback to savepoint attempt');
    }
    return changed;
  });
}

describe.each(who)('%s', (name) => {
  test('changes what is theirs to change, and nothing of the other school', async () => {
    const theirs = Object.keys(writers).filter((table) => writers[table]!.includes(name));
    const others = world(2).flatMap(([, row]) => Object.values(row));
    const changed: string[] = [];
    for (const table of Object.keys(writers)) {
      const rows = await changedBy(name, table);
      if (rows.length > 0) changed.push(table);
      const foreign = rows.filter((row) => Object.values(JSON.parse(row) as object).some((value) => isId(value) && others.includes(value)));
      expect([table, foreign]).toEqual([table, []]);
    }
    expect(changed.sort()).toEqual(theirs.sort());
  });

  test('writes no row of the other school', async () => {
    for (const [table, row] of world(2).filter(([table]) => !(table in free))) {
      const columns = Object.keys(row);
      const text = `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')}) values (${columns.map((_, place) => `$${place + 1}`).join(', ')})`;
      const answer = await actingAs(idIn(1, name), roleOf[name], () => application.query(text, Object.values(row))).catch(
        (error: { code: string }) => error.code,
      );
      expect([table, answer]).toEqual([table, '42501']);
    }
  });
});

describe('nobody climbs by a statement that slipped through', () => {
  test.each([
    ['role', "'ADMIN'"],
    ['email', "'new@school.test'"],
    ['email_verified', 'true'],
    ['two_factor_enabled', 'true'],
    ['banned', 'true'],
    ['ban_reason', "'Spam'"],
    ['deleted_at', 'now()'],
    ['stripe_customer_id', "'cus_1'"],
  ])('users.%s', async (column, value) => {
    const climb = () => application.query(`update users set ${column} = ${value} where id = $1`, [student]);
    await expect(actingAs(student, 'STUDENT', climb)).rejects.toMatchObject(refused);
    await expect(actingAs(instructor, 'INSTRUCTOR', climb)).resolves.toMatchObject({ rowCount: 0 });
    const banned = ['ban_reason'].includes(column) ? ', banned = true' : '';
    const byAdmin = () => application.query(`update users set ${column} = ${value} ${banned} where id = $1`, [student]);
    await expect(actingAs(idIn(2, 'student'), 'ADMIN', byAdmin)).resolves.toMatchObject({ rowCount: 1 });
  });

  test('a person changes their own name, and makes or removes nobody', async () => {
    const as = (text: string) => actingAs(student, 'STUDENT', () => application.query(text, [student]));
    expect(await as("update users set name = 'Ada King', bio = 'Numbers.', locale = 'de' where id = $1")).toMatchObject({ rowCount: 1 });
    expect(await as('delete from users where id = $1')).toMatchObject({ rowCount: 0 });
    await expect(as("insert into users (id, name, email, role) values ($1, 'Eve', 'eve@school.test', 'ADMIN')")).rejects.toMatchObject(
      refused,
    );
  });

  test.each([
    ['a course is featured by the school', 'INSTRUCTOR', 'update courses set featured = true where id = $1', 'course'],
    ['a course’s students are counted by the school', 'INSTRUCTOR', 'update courses set student_count = 900 where id = $1', 'course'],
    ['a course is not given away', 'INSTRUCTOR', `update courses set instructor_id = '${student}' where id = $1`, 'course'],
    ['a rating is not lifted', 'INSTRUCTOR', 'update instructor_profiles set rating_average = 5 where id = $1', 'instructor profile'],
    [
      'points are not written by who gets them',
      'STUDENT',
      'update student_profiles set total_points = 900 where id = $1',
      'student profile',
    ],
    [
      'an enrollment does not move to another course',
      'STUDENT',
      `update enrollments set course_id = '${idIn(2, 'course')}' where id = $1`,
      'enrollment',
    ],
    ['a review is not hidden or shown by who wrote it', 'STUDENT', "update reviews set status = 'HIDDEN' where id = $1", 'review'],
    [
      'a review is not answered by who wrote it',
      'STUDENT',
      "update reviews set reply = 'So true.', replied_at = now() where id = $1",
      'review',
    ],
    ['a review is not answered by a stranger', 'STUDENT', "select reply_to_review($1, 'So true.', now())", 'review'],
    ['nobody puts words into another’s message', 'INSTRUCTOR', "update messages set content = 'I owe you.' where id = $1", 'message'],
    [
      'a course is not handed to somebody by its co-instructor',
      'CO',
      `update courses set instructor_id = '${idIn(1, 'co-instructor')}' where id = $1`,
      'course',
    ],
  ])('%s', async (_, role, text, name) => {
    const acting = { INSTRUCTOR: instructor, STUDENT: student, CO: idIn(1, 'co-instructor') }[role]!;
    await expect(actingAs(acting, role, () => application.query(text, [idIn(1, name)]))).rejects.toMatchObject(refused);
  });

  test('whoever was an instructor and is none any more changes no course, and makes none', async () => {
    const change = () => application.query("update courses set title = 'Mine' where id = $1", [idIn(1, 'course')]);
    await expect(actingAs(instructor, 'STUDENT', change)).rejects.toMatchObject(refused);
    const make = () =>
      application.query("insert into courses (id, title, slug, instructor_id) values (gen_random_uuid(), 'C', 'c-new', $1)", [instructor]);
    await expect(actingAs(instructor, 'STUDENT', make)).rejects.toMatchObject(refused);
    await expect(actingAs(instructor, 'INSTRUCTOR', make)).resolves.toMatchObject({ rowCount: 1 });
  });

  test('a film is not made of somebody else’s file', async () => {
    const make = () =>
      application.query("insert into videos (id, provider, file_id, duration_seconds) values (gen_random_uuid(), 'FILE', $1, 9)", [
        idIn(1, 'file'),
      ]);
    await expect(actingAs(idIn(2, 'instructor'), 'INSTRUCTOR', make)).rejects.toMatchObject(refused);
    await expect(actingAs(instructor, 'INSTRUCTOR', make)).resolves.toMatchObject({ rowCount: 1 });
  });
});

describe('a way into a course', () => {
  const other = () => idIn(2, 'student');
  const grant = (source: string) => () =>
    application.query('insert into access_grants (id, user_id, course_id, source) values (gen_random_uuid(), $1, $2, $3)', [
      other(),
      idIn(1, 'course'),
      source,
    ]);

  test('that costs is not taken', async () => {
    for (const source of ['FREE', 'GIFT', 'MANUAL'])
      await expect(actingAs(other(), 'STUDENT', grant(source))).rejects.toMatchObject(refused);
  });

  test('that is free is, and opens the enrollment', async () => {
    await database.owner.query('update courses set is_free = true where id = $1', [idIn(1, 'course')]);
    const enroll = () =>
      application.query('insert into enrollments (id, user_id, course_id) values (gen_random_uuid(), $1, $2)', [
        other(),
        idIn(1, 'course'),
      ]);
    await expect(actingAs(other(), 'STUDENT', enroll)).rejects.toMatchObject(refused);
    await expect(actingAs(other(), 'STUDENT', () => grant('FREE')().then(enroll))).resolves.toMatchObject({ rowCount: 1 });
    await database.owner.query('update courses set is_free = false where id = $1', [idIn(1, 'course')]);
  });

  test('is given by hand by who may change the course, and not by who helps in it', async () => {
    await expect(actingAs(instructor, 'INSTRUCTOR', grant('MANUAL'))).resolves.toMatchObject({ rowCount: 1 });
    await expect(actingAs(idIn(1, 'co-instructor'), 'STUDENT', grant('GIFT'))).resolves.toMatchObject({ rowCount: 1 });
    await expect(actingAs(instructor, 'INSTRUCTOR', grant('FREE'))).rejects.toMatchObject(refused);
    await expect(actingAs(idIn(1, 'assistant'), 'STUDENT', grant('MANUAL'))).rejects.toMatchObject(refused);
  });

  test('that the school closed is not opened again by who was sent away', async () => {
    const statement = "update enrollments set status = 'ACTIVE' where id = $1";
    await database.owner.query("update enrollments set status = 'SUSPENDED' where id = $1", [idIn(1, 'enrollment')]);
    const comeBack = () => application.query(statement, [idIn(1, 'enrollment')]);
    await expect(actingAs(student, 'STUDENT', comeBack)).rejects.toMatchObject(refused);
    await database.owner.query("update enrollments set status = 'ACTIVE' where id = $1", [idIn(1, 'enrollment')]);
  });

  test('counts a student only when somebody has enrolled', async () => {
    const count = () => application.query('select count_student($1)', [idIn(1, 'course')]);
    await expect(actingAs(other(), 'STUDENT', count)).rejects.toMatchObject(refused);
    const counted = await actingAs(student, 'STUDENT', async () => {
      await count();
      const { rows } = await application.query(
        "select student_count as students, current_setting('app.user_role') as role from courses where id = $1",
        [idIn(1, 'course')],
      );
      return rows;
    });
    expect(counted).toEqual([{ students: 1, role: 'STUDENT' }]);
  });
});

describe('a review', () => {
  const course = idIn(1, 'course');
  const review = () =>
    application.query('insert into reviews (id, course_id, user_id, rating) values (gen_random_uuid(), $1, $2, 5)', [course, student]);
  const afterProgress = (percent: number) => async () => {
    await application.query('delete from reviews where user_id = $1', [student]);
    await application.query('update enrollments set progress_percent = $2 where user_id = $1', [student, percent]);
    return review();
  };

  test('is written by who has finished a fifth of the course, and not before', async () => {
    await expect(actingAs(student, 'STUDENT', afterProgress(19))).rejects.toMatchObject(refused);
    await expect(actingAs(student, 'STUDENT', afterProgress(20))).resolves.toMatchObject({ rowCount: 1 });
  });

  test('is counted as it is, whoever asks, and answered by who may change the course', async () => {
    const counted = await actingAs(student, 'STUDENT', async () => {
      await application.query('select recount_reviews($1)', [course]);
      const { rows } = await application.query(
        "select review_count as reviews, rating_average as average, current_setting('app.user_role') as role from courses where id = $1",
        [course],
      );
      return rows;
    });
    expect(counted).toEqual([{ reviews: 1, average: '5.00', role: 'STUDENT' }]);
    const answer = () => application.query("select reply_to_review($1, 'Thank you.', now())", [idIn(1, 'review')]);
    await expect(actingAs(idIn(1, 'co-instructor'), 'STUDENT', answer)).resolves.toMatchObject({ rowCount: 1 });
    await expect(actingAs(idIn(1, 'assistant'), 'STUDENT', answer)).rejects.toMatchObject(refused);
  });
});

describe('other people', () => {
  const columns = async (view: string) => {
    const { rows } = await database.owner.query<{ name: string }>(
      'select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum',
      [view],
    );
    return rows.map(({ name }) => name);
  };

  test('are seen by anyone, with their face and without address, standing or place', async () => {
    expect(await columns('people')).toEqual(
      'id name username display_username image image_key role headline bio website is_closed created_at'.split(' '),
    );
    expect(await actingAs('', '', () => application.query('select name from people where id = $1', [instructor]))).toMatchObject({
      rowCount: 1,
    });
  });

  test('are seen whole by the school alone', async () => {
    expect(await columns('people_in_full')).toEqual(await columns('users'));
    const all = () => application.query('select email from people_in_full');
    expect(await actingAs(instructor, 'INSTRUCTOR', all)).toMatchObject({ rowCount: 0 });
    expect(await actingAs('', 'ADMIN', all)).toMatchObject({ rowCount: 6 });
  });

  test.each(['people', 'people_in_full'])('are not changed through %s', async (view) => {
    const change = () => application.query(`update ${view} set name = 'Other'`);
    await expect(actingAs(student, 'ADMIN', change)).rejects.toMatchObject(refused);
    await expect(actingAs(student, 'ADMIN', () => application.query(`delete from ${view}`))).rejects.toMatchObject(refused);
  });
});

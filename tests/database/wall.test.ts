import { describe, expect, test } from 'vitest';
import { refused, twoSchools } from './schools.ts';
import { idIn, world } from './world.ts';

const school = twoSchools();

type Who = 'student' | 'instructor' | 'co-instructor' | 'assistant';
const roleOf: Record<Who, string> = { student: 'STUDENT', instructor: 'INSTRUCTOR', 'co-instructor': 'STUDENT', assistant: 'STUDENT' };
const who = Object.keys(roleOf) as Who[];

/** Who changes rows of a table in their own world besides the school, by table. Every table of the school is here. */
const writers: Record<string, Who[]> = {
  // The school's own.
  ...writtenBy(
    [],
    'analytics_events badges categories course_analytics email_messages number_series platform_analytics shop_settings tax_rates user_badges',
  ),
  ...writtenBy([], 'course_facets course_words ladders rungs shop_alarms verifications webhook_events'),
  // Books only grow.
  ...writtenBy([], 'audit_log ledger_entries payouts'),
  // Money, merit and what the school decides: the person it belongs to reads it.
  ...writtenBy([], 'certificates coupon_redemptions data_exports invoices order_items orders payments point_events refunds streak_freezes'),
  ...writtenBy([], 'announcement_deliveries disputes gifts refund_items storage_use subscriptions teaching_applications team_seats'),
  // Ways in: seen and ended by their person, made and changed by sign-in, which is the system.
  ...writtenBy([], 'accounts api_keys passkeys sessions two_factors'),
  // A person's own.
  ...writtenBy(['student'], 'calendar_feeds'),
  ...writtenBy(['student'], 'cart_items device_connections exercises fitness_profiles learning_days measurements notes notifications'),
  ...writtenBy(['student'], 'package_attempts'),
  ...writtenBy(
    ['student'],
    'push_subscriptions reports student_profiles user_preferences user_profiles webhook_deliveries webhook_endpoints',
  ),
  ...writtenBy(['student'], 'uploads wishlist_items workout_samples workout_sets workouts'),
  ...writtenBy(['student'], 'blog_comments comments posts reactions reviews'),
  ...writtenBy(['instructor'], 'blog_posts coupon_products coupons files imports instructor_profiles products'),
  ...writtenBy(who, 'users'),
  ...writtenBy(['student', 'instructor'], 'conversation_members conversations messages'),
  // A course's: whoever may change it. Its first instructor decides who else teaches, and sells it.
  ...writtenBy(['instructor', 'co-instructor'], 'assignments chapters course_categories course_prerequisites courses lessons'),
  ...writtenBy(['instructor', 'co-instructor'], 'course_addresses prices'),
  ...writtenBy(['instructor', 'co-instructor'], 'live_sessions program_days programs question_banks questions quiz_questions quizzes'),
  ...writtenBy(['instructor', 'co-instructor'], 'lesson_versions package_files packages removals resources spaces'),
  ...writtenBy(['instructor', 'co-instructor'], 'captions videos'),
  ...writtenBy(['instructor'], 'announcements course_instructors course_invitations product_courses'),
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
  const { rows } = await school.database.owner.query<{ name: string; isPrivate: boolean; isGuarded: boolean }>(
    `select relname as name, relrowsecurity as "isPrivate",
            (select coalesce(bit_or(tgtype), 0) & 28 = 28 from pg_trigger where tgrelid = pg_class.oid and tgfoid = 'guard_rows'::regproc) as "isGuarded"
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
  );
  expect(rows.filter(({ isPrivate, isGuarded }) => !isPrivate && !isGuarded).map(({ name }) => name)).toEqual(Object.keys(free).sort());
  expect(rows.filter(({ isPrivate, isGuarded }) => isPrivate || isGuarded).map(({ name }) => name)).toEqual(Object.keys(writers).sort());
});

test('no view shows more than it says: each runs as who asks, or is one of the two over people', async () => {
  const { rows } = await school.database.owner.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
        and not coalesce('security_invoker=true' = any (reloptions), false) order by 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual(['people', 'people_in_full']);
});

/** Ids of the places of all rows of a table. */
async function placesIn(table: string): Promise<string[]> {
  const { rows } = await school.database.owner.query<{ place: string }>(`select tableoid || ' ' || ctid as place from ${table}`);
  return rows.map(({ place }) => place);
}

/** The rows of a table that someone can change, as JSON text: each is tried by itself. */
async function changedBy(name: Who, table: string): Promise<string[]> {
  const { rows: columns } = await school.database.owner.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum limit 1`,
    [table],
  );
  const column = columns[0]!.name;
  const text = `update ${table} t set "${column}" = t."${column}" where tableoid || ' ' || ctid = $1 returning to_jsonb(t)::text as row`;
  const places = await placesIn(table);
  return school.actingAs(idIn(1, name), roleOf[name], async () => {
    const changed: string[] = [];
    for (const place of places) {
      await school.application.query('savepoint attempt');
      try {
        changed.push(...(await school.application.query<{ row: string }>(text, [place])).rows.map(({ row }) => row));
      } catch (error) {
        if ((error as { code: string }).code !== refused.code) throw error;
      }
      await school.application.query('rollback to savepoint attempt');
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
      const answer = await school
        .actingAs(idIn(1, name), roleOf[name], () => school.application.query(text, Object.values(row)))
        .catch((error: { code: string }) => error.code);
      expect([table, answer]).toEqual([table, '42501']);
    }
  });
});

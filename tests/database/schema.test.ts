import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { missingSql } from '../../scripts/migration.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { deleteRules } from './delete-rules.ts';
import { idIn, insert, insertWorld } from './world.ts';

let database: TestDatabase;
const id = (name: string) => idIn(1, name);

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

describe('the migrations make the schema', () => {
  test('nothing that prisma/schema says is missing', async () => {
    expect(await missingSql(database.ownerUrl)).toBe('');
  });

  test('a column, an index or a foreign key that goes astray is noticed', async () => {
    const other = await createTestDatabase();
    await other.owner.query(`alter table notes alter column at_seconds type bigint;
      drop index orders_user_id_status_idx;
      alter table notes drop constraint notes_lesson_id_fkey`);
    const sql = await missingSql(other.ownerUrl);
    await other.drop();
    expect(sql).toMatch(/at_seconds/);
    expect(sql).toMatch(/orders_user_id_status_idx/);
    expect(sql).toMatch(/notes_lesson_id_fkey/);
  });
});

test('every foreign key has an index that begins with its columns', async () => {
  const { rows } = await database.owner.query<{ key: string }>(
    `select conrelid::regclass || '.' || conname as key from pg_constraint
      where contype = 'f' and connamespace = 'public'::regnamespace
        and not exists (
          select from pg_index
           where indrelid = conrelid and indpred is null
             and (select array_agg(key order by key) from unnest(conkey) as key)
               = (select array_agg(column_number order by column_number) from unnest(indkey::int2[]) with ordinality as listed (column_number, place) where place <= cardinality(conkey))
        )`,
  );
  expect(rows).toEqual([]);
});

test('every table names its times with a time zone', async () => {
  const { rows } = await database.owner.query(
    `select table_name, column_name from information_schema.columns where table_schema = 'public' and data_type = 'timestamp without time zone'`,
  );
  expect(rows).toEqual([]);
});

test('every foreign key has the delete rule of the model', async () => {
  const { rows } = await database.owner.query<{ key: string; rule: string }>(
    `select conrelid::regclass || '.' || (select string_agg(attname, '+' order by place) from unnest(conkey) with ordinality as listed (number, place)
              join pg_attribute on attrelid = conrelid and attnum = number) as key,
            case confdeltype when 'c' then 'cascade' when 'r' then 'restrict' when 'n' then 'set null' else 'no action' end as rule
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  expect(Object.fromEntries(rows.map(({ key, rule }) => [key, rule]))).toEqual(deleteRules());
});

describe('what hangs on a row, when the row goes', () => {
  const count = async (table: string) => {
    const { rows } = await database.owner.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    return rows[0]!.count;
  };
  const remove = (table: string, name: string) => database.owner.query(`delete from ${table} where id = $1`, [id(name)]);
  const refused = { code: expect.stringMatching(/^2300[13]$/) };

  beforeEach(async () => {
    await insertWorld(database.owner, 1);
    await database.owner.query('begin');
  });
  afterEach(async () => {
    await database.owner.query('rollback');
    await database.owner.query(
      'truncate users, categories, course_words, shop_settings, files, products, tax_rates, webhook_events, number_series, badges, platform_analytics, rate_limits, verifications, analytics_events cascade',
    );
  });

  test('a course takes its chapters, lessons, resources, quizzes and questions with it', async () => {
    for (const table of ['certificates', 'answers', 'quiz_attempts', 'submission_files', 'submissions'])
      await database.owner.query(`delete from ${table}`);
    await database.owner.query('alter table ledger_entries disable trigger all');
    for (const table of [
      'ledger_entries',
      'invoices',
      'refunds',
      'disputes',
      'shop_alarms',
      'gifts',
      'team_seats',
      'payments',
      'coupon_redemptions',
      'access_grants',
      'orders',
      'subscriptions',
      'products',
    ]) {
      await database.owner.query(`delete from ${table}`);
    }
    await remove('courses', 'course');
    for (const table of [
      'chapters',
      'lessons',
      'resources',
      'live_sessions',
      'quizzes',
      'questions',
      'quiz_questions',
      'assignments',
      'enrollments',
      'lesson_progress',
      'reviews',
      'programs',
    ]) {
      expect([table, await count(table)]).toEqual([table, 0]);
    }
    expect(await count('courses')).toBe(1);
    expect(await count('question_banks')).toBe(1);
  });

  test('a course inside a product stays', async () => {
    await database.owner.query('delete from certificates');
    await expect(remove('courses', 'course')).rejects.toMatchObject(refused);
  });

  test('deleting a product frees its course and leaves carts and wishlists', async () => {
    await insert(database.owner, 'products', { id: id('bundle'), type: 'BUNDLE', owner_id: id('instructor'), name: 'Both', slug: 'both' });
    await insert(database.owner, 'product_courses', { product_id: id('bundle'), course_id: id('basics'), position: 1 });
    await insert(database.owner, 'cart_items', { id: id('cart bundle'), user_id: id('student'), product_id: id('bundle') });
    await remove('products', 'bundle');
    await remove('courses', 'basics');
    expect(await count('cart_items')).toBe(1);
  });

  test('a product that was sold stays', async () => {
    await database.owner.query('delete from access_grants; delete from subscriptions');
    await expect(remove('products', 'product')).rejects.toMatchObject({ ...refused, constraint: 'order_items_product_id_fkey' });
  });

  test('a person with an order stays', async () => {
    await expect(remove('users', 'student')).rejects.toMatchObject(refused);
  });

  test('a person takes what is only theirs with them', async () => {
    await insert(database.owner, 'users', { id: id('visitor'), name: 'Visitor', email: 'visitor@school.test' });
    const visitor = { user_id: id('visitor') };
    await insert(database.owner, 'sessions', { id: id('s'), ...visitor, token: 's', expires_at: '2027-01-01' });
    await insert(database.owner, 'cart_items', { id: id('c'), ...visitor, product_id: id('product') });
    await insert(database.owner, 'wishlist_items', { id: id('w'), ...visitor, product_id: id('product') });
    await insert(database.owner, 'notes', { id: id('n'), ...visitor, lesson_id: id('lesson'), text: 'Mine' });
    await insert(database.owner, 'user_preferences', { id: id('p'), ...visitor });
    await remove('users', 'visitor');
    for (const table of ['sessions', 'cart_items', 'wishlist_items', 'notes', 'user_preferences'])
      expect([table, await count(table)]).toEqual([table, 1]);
  });

  test('a lesson with submissions stays', async () => {
    await database.owner.query('delete from answers; delete from quiz_attempts');
    await expect(remove('lessons', 'lesson')).rejects.toMatchObject({ ...refused, constraint: 'submissions_assignment_id_fkey' });
  });

  test('a quiz with attempts stays', async () => {
    await expect(remove('quizzes', 'quiz')).rejects.toMatchObject({ ...refused, constraint: 'quiz_attempts_quiz_id_fkey' });
  });

  test('an order with a payment stays', async () => {
    await expect(remove('orders', 'order')).rejects.toMatchObject(refused);
  });
});

describe('positions', () => {
  beforeAll(() => insertWorld(database.owner, 2));

  test('two lessons swap their places in one statement', async () => {
    await database.owner.query('update lessons set position = 3 - position where chapter_id = $1', [idIn(2, 'chapter')]);
    const { rows } = await database.owner.query('select title from lessons where chapter_id = $1 order by position', [idIn(2, 'chapter')]);
    expect(rows).toEqual([{ title: 'Quick sort' }, { title: 'Merge sort' }]);
  });

  test('two lessons on one place are refused when the transaction commits', async () => {
    await database.owner.query('begin');
    await database.owner.query('update lessons set position = 1 where chapter_id = $1', [idIn(2, 'chapter')]);
    await expect(database.owner.query('commit')).rejects.toMatchObject({ code: '23505', constraint: 'lessons_chapter_position_key' });
  });

  test('every position that is unique within its parent is checked at the end of the transaction', async () => {
    const { rows } = await database.owner.query<{ name: string; deferred: boolean }>(
      `select conrelid::regclass::text as name, condeferred as deferred from pg_constraint where contype = 'u' and conname like '%position_key' order by 1`,
    );
    expect(rows.filter(({ deferred }) => !deferred)).toEqual([]);
    expect(rows.map(({ name }) => name)).toEqual([
      'chapters',
      'lessons',
      'product_courses',
      'program_days',
      'quiz_questions',
      'resources',
      'workout_sets',
    ]);
  });
});

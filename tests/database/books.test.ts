import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import type { Row } from './row.ts';
import { idIn, insert, insertWorld } from './world.ts';

let database: TestDatabase;
let application: pg.Client;
const id = (name: string) => idIn(1, name);

beforeAll(async () => {
  database = await createTestDatabase();
  application = new pg.Client({ connectionString: database.applicationUrl });
  await application.connect();
  await insertWorld(database.owner, 1);
});
afterAll(async () => {
  await application.end();
  await database.drop();
});

const actAs = (client: pg.Client, userId: string, role: string) =>
  client.query("select set_config('app.user_id', $1, true), set_config('app.user_role', $2, true)", [userId, role]);

/** Commits the work as the application for someone. */
async function committed(userId: string, role: string, work: (client: pg.Client) => Promise<unknown>, client = application): Promise<void> {
  await client.query('begin');
  try {
    await actAs(client, userId, role);
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

describe('the audit log', () => {
  const entry = (name: string): Row => ({
    id: id(name),
    actor_id: id('student'),
    action: 'user.ban',
    subject_type: 'user',
    subject_id: name,
  });
  const firstBreak = async () => {
    const { rows } = await database.owner.query<{ place: string | null }>('select audit_log_first_break() as place');
    return rows[0]!.place;
  };

  test('can be neither changed nor emptied, by the application or by its owner', async () => {
    for (const attempt of ["update audit_log set action = 'nothing'", 'delete from audit_log']) {
      await expect(committed('', 'SYSTEM', () => application.query(attempt))).rejects.toMatchObject({ code: '42501' });
      await expect(database.owner.query(attempt)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(application.query('truncate audit_log')).rejects.toMatchObject({ code: '42501' });
  });

  test('is a chain without a hole, also when a person writes who sees none of it, and many write at once', async () => {
    await committed(id('student'), 'STUDENT', (client) => insert(client, 'audit_log', entry('one')));
    await Promise.all(
      ['two', 'three', 'four', 'five'].map(async (name) => {
        const client = new pg.Client({ connectionString: database.applicationUrl });
        await client.connect();
        await committed('', 'SYSTEM', () => insert(client, 'audit_log', entry(name)), client);
        await client.end();
      }),
    );
    const { rows } = await database.owner.query(
      'select sequence::int as place, octet_length(hash) as bytes from audit_log order by sequence',
    );
    expect(rows).toEqual([1, 2, 3, 4, 5, 6].map((place) => ({ place, bytes: 32 })));
    expect(await firstBreak()).toBeNull();
  });

  test('reads the same in every time zone', async () => {
    await database.owner.query("set time zone 'Asia/Kolkata'");
    expect(await firstBreak()).toBeNull();
    await database.owner.query('reset time zone');
  });

  test('shows where a row was changed or taken out behind its back', async () => {
    const behindItsBack = async (statement: string) => {
      await database.owner.query('begin; alter table audit_log disable trigger user');
      await database.owner.query(statement);
      const place = await firstBreak();
      await database.owner.query('rollback');
      return place;
    };
    expect(await behindItsBack("update audit_log set subject_id = 'somebody else' where sequence = 3")).toBe('3');
    expect(await behindItsBack('delete from audit_log where sequence = 4')).toBe('5');
  });
});

describe('the ledger', () => {
  const side = (name: string, changes: Row): Row => ({
    id: id(name),
    posting: `sale:${name}`,
    line: 1,
    order_id: id('order'),
    currency: 'EUR',
    account: 'CASH',
    ...changes,
  });

  test('takes both sides of a booking', async () => {
    await committed('', 'SYSTEM', async (client) => {
      await insert(client, 'ledger_entries', side('a', { amount: 100 }));
      await insert(client, 'ledger_entries', side('b', { account: 'TAX', amount: -100 }));
    });
  });

  test('refuses one side alone, when the transaction commits', async () => {
    const oneSide = () => insert(application, 'ledger_entries', side('c', { amount: 100 }));
    await expect(committed('', 'SYSTEM', oneSide)).rejects.toMatchObject({ code: '23514', constraint: 'ledger_entries_balanced' });
  });

  test('does not let one currency pay for another', async () => {
    const mixed = async () => {
      await insert(application, 'ledger_entries', side('d', { amount: 100 }));
      await insert(application, 'ledger_entries', side('e', { amount: -100, currency: 'USD' }));
    };
    await expect(committed('', 'SYSTEM', mixed)).rejects.toMatchObject({ constraint: 'ledger_entries_balanced' });
  });

  test('cannot be rewritten', async () => {
    await expect(database.owner.query('update ledger_entries set amount = amount * 2')).rejects.toMatchObject({ code: '42501' });
    await expect(database.owner.query('delete from ledger_entries')).rejects.toMatchObject({ code: '42501' });
  });

  test('is read by the instructor and written only by the program', async () => {
    await application.query('begin');
    await actAs(application, id('instructor'), 'INSTRUCTOR');
    const { rows } = await application.query('select account, amount from ledger_entries');
    await application.query('rollback');
    expect(rows).toEqual([{ account: 'INSTRUCTOR', amount: -3150 }]);
    const bookForOneself = () =>
      insert(application, 'ledger_entries', side('f', { account: 'INSTRUCTOR', user_id: id('instructor'), amount: -1 }));
    await expect(committed(id('instructor'), 'INSTRUCTOR', bookForOneself)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('categories', () => {
  const place = (name: string, parent: string | null) =>
    database.owner.query('update categories set parent_id = $2 where id = $1', [id(name), parent && id(parent)]);
  const circle = { code: '23514', constraint: 'categories_no_cycle' };

  beforeAll(async () => {
    for (const name of ['root', 'branch', 'leaf']) await insert(database.owner, 'categories', { id: id(name), name, slug: name });
    await place('leaf', 'branch');
    await place('branch', 'root');
  });

  test('cannot lie under themselves, however far down', async () => {
    await expect(place('root', 'root')).rejects.toMatchObject(circle);
    await expect(place('root', 'leaf')).rejects.toMatchObject(circle);
    await place('branch', null);
    await place('root', 'leaf');
  });

  test('two moves at once cannot close a circle that neither sees', async () => {
    for (const name of ['left', 'right']) await insert(database.owner, 'categories', { id: id(name), name, slug: name });
    const move = (name: string, parent: string) =>
      committed(
        '',
        'SYSTEM',
        (client) => client.query('update categories set parent_id = $2 where id = $1', [id(name), id(parent)]),
        name === 'left' ? application : other,
      );
    const other = new pg.Client({ connectionString: database.applicationUrl });
    await other.connect();
    const results = await Promise.allSettled([move('left', 'right'), move('right', 'left')]);
    await other.end();
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('what exists once', () => {
  const again = (table: string, changes: Row) => insert(database.owner, table, { id: id(`again ${JSON.stringify(changes)}`), ...changes });
  const duplicate = { code: '23505' };
  const coupon = { type: 'PERCENTAGE', value: 5, created_by_id: id('instructor') };

  test('an e-mail address, a username and a coupon code, whatever the case', async () => {
    await expect(again('users', { name: 'Ada', email: 'ada1@school.test' })).rejects.toMatchObject(duplicate);
    await expect(again('users', { name: 'Ada', email: 'other@school.test', username: 'ada1' })).rejects.toMatchObject(duplicate);
    await expect(again('coupons', { ...coupon, code: 'Spring1' })).rejects.toMatchObject({
      ...duplicate,
      constraint: 'coupons_code_whatever_case',
    });
    const { rows } = await database.owner.query<{ name: string }>(
      "select indexname as name from pg_indexes where indexname like '%_whatever_case' order by 1",
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'coupons_code_whatever_case',
      'users_email_whatever_case',
      'users_username_whatever_case',
    ]);
  });

  test('a review, an enrollment, a cart item and an event of a provider', async () => {
    const both = { user_id: id('student'), course_id: id('course') };
    await expect(again('reviews', { ...both, rating: 1 })).rejects.toMatchObject(duplicate);
    await expect(again('enrollments', both)).rejects.toMatchObject(duplicate);
    await expect(again('cart_items', { user_id: id('student'), product_id: id('product') })).rejects.toMatchObject(duplicate);
    await expect(again('webhook_events', { provider: 'demo', event_id: 'event-1', type: 'x', payload: '{}' })).rejects.toMatchObject(
      duplicate,
    );
  });

  test('a live free grant of a person for a course, and another after it was revoked', async () => {
    const free = { user_id: id('student'), course_id: id('basics'), source: 'FREE' };
    await insert(database.owner, 'access_grants', { id: id('free 1'), ...free });
    await expect(insert(database.owner, 'access_grants', { id: id('free 2'), ...free })).rejects.toMatchObject(duplicate);
    await database.owner.query("update access_grants set revoked_at = now() where source = 'FREE'");
    await insert(database.owner, 'access_grants', { id: id('free 2'), ...free });
  });

  test('an open attempt at a quiz, an accepted answer, a main category', async () => {
    const attempt = { user_id: id('student'), quiz_id: id('quiz'), questions: '[]', total_questions: 0 };
    await insert(database.owner, 'quiz_attempts', { id: id('attempt 2'), ...attempt, number: 2 });
    await expect(insert(database.owner, 'quiz_attempts', { id: id('attempt 3'), ...attempt, number: 3 })).rejects.toMatchObject({
      constraint: 'quiz_attempts_one_open',
    });
    await expect(database.owner.query('update comments set accepted = true')).rejects.toMatchObject({
      constraint: 'comments_one_accepted',
    });
    const secondMain = { course_id: id('course'), category_id: id('root'), is_main: true };
    await expect(insert(database.owner, 'course_categories', secondMain)).rejects.toMatchObject({
      constraint: 'course_categories_one_main',
    });
  });

  test('a tax of a country, also where it has no region', async () => {
    const tax = { country: 'DE', name: 'VAT 1', rate_basis_points: 700, valid_from: '2021-01-01' };
    await expect(again('tax_rates', tax)).rejects.toMatchObject(duplicate);
  });

  test('the last use of a coupon', async () => {
    await database.owner.query('update coupons set used_count = 9');
    const use = (client: pg.Client) => client.query('update coupons set used_count = used_count + 1 where id = $1', [id('coupon')]);
    const results = await Promise.allSettled([committed('', 'SYSTEM', use), use(database.owner)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('search', () => {
  const ranked = async (words: string) => {
    const { rows } = await database.owner.query<{ title: string }>(
      `select title from courses, websearch_to_tsquery(search_config('en'), search_text($1)) as query where search @@ query order by ts_rank(search, query) desc`,
      [words],
    );
    return rows.map(({ title }) => title);
  };

  beforeAll(async () => {
    const course = { instructor_id: id('instructor'), language: 'en' };
    await insert(database.owner, 'courses', {
      id: id('s1'),
      ...course,
      title: 'Cooking',
      slug: 'cooking',
      description: 'A café and its running kitchen.',
    });
    await insert(database.owner, 'courses', { id: id('s2'), ...course, title: 'Running', slug: 'running' });
    await insert(database.owner, 'courses', { id: id('s3'), ...course, title: 'Legs', slug: 'legs', tags: ['runs'] });
  });

  test('a word in the title weighs more than in the tags, and in the tags more than in the description', async () => {
    expect(await ranked('run')).toEqual(['Running', 'Legs', 'Cooking']);
  });

  test('accents may be left out', async () => {
    expect(await ranked('cafe')).toEqual(['Cooking']);
  });

  test('the words of published courses are kept, and what was mistyped is compared with them by their index', async () => {
    const words = async () =>
      (await database.owner.query<{ near: string[] }>("select near from meant_words('Runing')")).rows.flatMap(({ near }) => near);
    expect(await words()).toEqual([]);
    await database.owner.query("update courses set status = 'PUBLISHED', published_at = now() where slug = 'running'");
    expect(await words()).toEqual(['running']);
    await database.owner.query(
      "insert into course_words (word) select 'another' || number from generate_series(1, 5000) number; analyze course_words",
    );
    await database.owner.query('begin; set local enable_seqscan = off');
    const plan = await database.owner.query<{ 'QUERY PLAN': string }>("explain select word from course_words where word % 'runing'");
    await database.owner.query('rollback');
    expect(plan.rows.map((row) => row['QUERY PLAN']).join()).toContain('course_words_word_idx');
  });
});

describe('events', () => {
  const partitionsWithRows = async () => {
    const { rows } = await database.owner.query<{ name: string }>(
      'select distinct tableoid::regclass::text as name from analytics_events order by 1',
    );
    return rows.map(({ name }) => name);
  };

  beforeEach(() => committed('', 'SYSTEM', (client) => client.query('delete from analytics_events')));

  test('lie in the partition of their month, and in the default one when nobody made it', async () => {
    const event = { session_id: 's', event: 'page.view' };
    await application.query("select make_event_partitions('2031-01-15', 2)");
    await insert(database.owner, 'analytics_events', { id: id('e1'), ...event, created_at: '2031-01-31T23:59:59Z' });
    await insert(database.owner, 'analytics_events', { id: id('e2'), ...event, created_at: '2031-02-01T00:00:00Z' });
    await insert(database.owner, 'analytics_events', { id: id('e3'), ...event, created_at: '2031-03-01T00:00:00Z' });
    expect(await partitionsWithRows()).toEqual(['analytics_events_2031_01', 'analytics_events_2031_02', 'analytics_events_default']);
  });

  test('move from the default partition when their month gets its own, whoever asks and in whatever time zone', async () => {
    await insert(database.owner, 'analytics_events', {
      id: id('e4'),
      session_id: 's',
      event: 'page.view',
      created_at: '2032-05-01T00:00:00Z',
    });
    await application.query("set time zone 'America/New_York'");
    const { rows } = await application.query<{ made: number }>("select make_event_partitions('2032-05-20', 1) as made");
    await application.query('reset time zone');
    expect(rows).toEqual([{ made: 1 }]);
    expect(await partitionsWithRows()).toEqual(['analytics_events_2032_05']);
  });

  test('two that ask at once make a month once', async () => {
    const ask = (client: pg.Client) => client.query<{ made: number }>("select make_event_partitions('2033-01-01', 3) as made");
    const answers = await Promise.all([ask(application), ask(database.owner)]);
    expect(answers.map(({ rows }) => rows[0]!.made).sort()).toEqual([0, 3]);
  });

  test('a question about one month reads one partition', async () => {
    await application.query("select make_event_partitions('2031-01-01', 3)");
    const plan = await database.owner.query<{ 'QUERY PLAN': string }>(
      "explain select count(*) from analytics_events where created_at >= '2031-02-01T00:00:00Z' and created_at < '2031-03-01T00:00:00Z'",
    );
    const read =
      plan.rows
        .map((row) => row['QUERY PLAN'])
        .join('\n')
        .match(/analytics_events_(\d{4}_\d{2}|default)\b(?!_)/g) ?? [];
    expect([...new Set(read)]).toEqual(['analytics_events_2031_02']);
  });
});

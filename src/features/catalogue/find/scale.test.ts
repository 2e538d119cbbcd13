import { beforeAll, describe, expect, test } from 'vitest';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { sentBy } from '../../../../tests/support/statements.ts';
import { courseList, coursePage } from '../index.server.ts';

const database = testDatabase();
type Wish = Parameters<typeof courseList>[1];

const idOf = (kind: number, number: string) => `('01900000-0000-7000-800${kind}-' || lpad(to_hex((${number})::int), 12, '0'))::uuid`;

beforeAll(async () => {
  const { owner } = database;
  await owner.query(
    `insert into users (id, name, email, role) select ${idOf(0, 'n')}, 'Tea ' || n, n || '@school.test', 'INSTRUCTOR' from generate_series(1, 50) n`,
  );
  await owner.query(
    `insert into categories (id, name, slug, parent_id) select ${idOf(1, 'n')}, 'Field ' || n, 'field-' || n, case when n > 5 then ${idOf(1, 'n % 5 + 1')} end from generate_series(1, 30) n`,
  );
  await owner.query(
    `insert into courses (id, title, slug, description, status, published_at, is_free, instructor_id, level, language, duration_minutes, student_count, review_count, rating_average)
     select ${idOf(2, 'n')}, (array['Bread', 'Light', 'Running', 'Harmony'])[n % 4 + 1] || ' number' || n, 'course-' || n, 'About topic' || n % 150, 'PUBLISHED', '2026-01-01'::timestamptz - n * interval '7 minutes',
            n % 5 = 0, ${idOf(0, 'n % 50 + 1')}, (enum_range(null::level))[n % 4 + 1], case when n % 3000 = 0 then 'hi' else 'en' end, n * 37 % 900, n * 7919 % 5000, n % 40, 1 + n % 40 / 10.0
       from generate_series(1, 20000) n`,
  );
  await owner.query(
    `insert into products (id, type, owner_id, course_id, name, slug) select ${idOf(3, 'n')}, 'COURSE', ${idOf(0, 'n % 50 + 1')}, ${idOf(2, 'n')}, 'Course', 'course-' || n from generate_series(1, 20000) n where n % 5 > 0`,
  );
  await owner.query(
    `insert into prices (id, product_id, currency, amount) select ${idOf(4, 'n')}, ${idOf(3, 'n')}, 'USD', n * 7919 % 15000 + 1 from generate_series(1, 20000) n where n % 5 > 0`,
  );
  // The last field has five courses, the others have thousands.
  await owner.query(
    `insert into course_categories (course_id, category_id) select ${idOf(2, 'n')}, ${idOf(1, 'case when n % 4000 = 0 then 30 else n % 29 + 1 end')} from generate_series(1, 20000) n`,
  );
  for (const table of ['courses', 'course_categories', 'course_facets', 'categories', 'users'])
    await owner.query(`vacuum analyze ${table}`);
  // Prices wrote every row again, which a school does in years and autovacuum tidies.
  await owner.query('vacuum full analyze courses');
  await owner.query('vacuum analyze courses');
  await owner.query(
    "load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on; set client_min_messages = log",
  );
  owner.on('notice', ({ message }) => message?.includes('plan:') && withinFunctions.push(message));
}, 120_000);
/** Plans of what functions asked while a statement ran. */
const withinFunctions: string[] = [];

/** The plans that the database makes for the two statements of a page. */
async function plansOf(wish: Wish): Promise<{ list: string; facets: string }> {
  const sent = await sentBy(() => courseList(database.context(guest), wish));
  const planOf = async (part: string) => {
    const statement = sent.find(({ text }) => text?.includes(part));
    const { rows } = await database.owner.query<{ 'QUERY PLAN': string }>(`explain (analyze, costs off) ${statement?.text}`, [
      ...(statement?.values ?? []),
    ]);
    return [...rows.map((row) => row['QUERY PLAN']), ...withinFunctions.splice(0)].join('\n');
  };
  return { list: await planOf('picked'), facets: await planOf('scoped') };
}

const readsAllCourses = /Seq Scan on courses/;

describe('of twenty thousand courses', () => {
  test.each<[Wish, string]>([
    [{}, 'courses_published_newest'],
    [{ language: ['hi'] }, 'courses_published_newest'],
    [{ sort: 'popular', level: ['expert'] }, 'courses_published_popular'],
    [{ sort: 'rating', free: '1', rating: '4.5' }, 'courses_published_best'],
    [{ sort: 'cheapest', price: ['low'] }, 'courses_published_cheapest'],
    [{ sort: 'dearest', after: '30000003001.00000000-0000-7000-8000-000000000000' }, 'courses_published_dearest'],
    [{ q: 'bread', sort: 'cheapest' }, 'courses_published_cheapest'],
    [{ category: 'field-1', sort: 'rating' }, 'courses_published_best'],
    [{ category: 'field-30' }, 'course_categories_category_id_course_id_idx'],
    [{ q: 'number47' }, 'courses_search_idx'],
    [{ q: 'bread number4712', sort: 'rating' }, 'courses_search_idx'],
    [{ q: 'bread' }, 'courses_published_popular'],
    [{ q: 'bread', category: 'field-1', sort: 'newest' }, 'courses_published_newest'],
    [{ q: 'br', sort: 'rating' }, 'courses_published_best'],
  ])('a page of %j is found by an index', async (wish, index) => {
    const { list, facets } = await plansOf(wish);
    expect(list).toContain(index);
    expect(list).not.toMatch(readsAllCourses);
    expect(facets).not.toMatch(readsAllCourses);
  });

  test.each<Wish>([
    { sort: 'cheapest', price: ['top'] },
    { sort: 'dearest', price: ['free', 'middle'] },
  ])('a page of %j begins in its bands, in the index alone, and meets nothing cheaper or dearer', async (wish) => {
    const { list } = await plansOf(wish);
    expect(list).toMatch(/Index Only Scan using courses_published_(cheapest|dearest)[^\n]*\n\s+Index Cond: [^\n]*start\.band/);
    expect(list).not.toMatch(/Rows Removed by Filter: \d\d/);
  });

  test('the numbers of the whole catalogue touch no course', async () => {
    expect((await plansOf({ level: ['expert'], category: 'field-1' })).facets).not.toMatch(/ on courses| on course_categories/);
  });

  test('a search that finds more than is looked at says so', async () => {
    const { facets } = await courseList(database.context(guest), { q: 'bread' });
    expect([facets.total, facets.isTooBroad]).toEqual([500, true]);
    expect((await courseList(database.context(guest), { q: 'number4711' })).facets).toMatchObject({ total: 1, isTooBroad: false });
  });

  test('what is like a course is looked for among the newest of its fields, and not among all', async () => {
    const { owner } = database;
    let related: unknown[] = [];
    const sent = await sentBy(async () => {
      ({ related } = await coursePage(database.context(guest), { slug: 'course-77' }));
    });
    expect(related).toHaveLength(12);
    const statement = sent.find(({ text }) => text?.includes('likeness'));
    const explain = `explain (analyze, timing off) ${statement?.text}`;
    const { rows } = await owner.query<{ 'QUERY PLAN': string }>(explain, [...(statement?.values ?? [])]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('course_categories_category_id_course_id_idx');
    expect(plan).not.toMatch(/Seq Scan on (courses|course_categories|lessons|reviews)/);
    const mostRows = Math.max(...[...plan.matchAll(/actual rows=(\d+)/g)].map(([, rows]) => Number(rows)));
    expect(mostRows).toBeLessThan(1000);
  });

  test.each([
    ['popular', 'student_count'],
    ['newest', 'published_at'],
    ['rating', 'rating_rank(rating_average, review_count)'],
  ])('of more than are looked at, the first in the order "%s" are shown', async (sort, by) => {
    const { rows } = await database.owner.query<{ slug: string }>(
      `select slug from courses where title like 'Bread %' order by ${by} desc, id desc limit 24`,
    );
    const { courses } = await courseList(database.context(guest), { q: 'bread', sort });
    expect(courses.map(({ slug }) => slug)).toEqual(rows.map(({ slug }) => slug));
  });

  test('what begins with the last word is not looked for when no course has the words before', async () => {
    const looksForBeginnings = /@@ [^\n]*number[^\n]*:\*/;
    expect((await plansOf({ q: 'bread number' })).list).toMatch(looksForBeginnings);
    expect((await plansOf({ q: 'hramony number' })).list).not.toMatch(looksForBeginnings);
  });

  test('a mistyped search is answered too', async () => {
    expect((await courseList(database.context(guest), { q: 'hramony number8' })).courses[0]?.title).toMatch(/^Harmony/);
  });
});

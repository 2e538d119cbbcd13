import pg from 'pg';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { idIn, insert } from '../../../../tests/database/world.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { courseList } from '../index.server.ts';

const database = testDatabase();
const id = (name: string) => idIn(1, name);
const facets = async (wish: Parameters<typeof courseList>[1] = {}) => (await courseList(database.context(guest), wish)).facets;
const counts = (options: readonly { value: string; count: number }[]) =>
  Object.fromEntries(options.filter(({ count }) => count > 0).map(({ value, count }) => [value, count]));
const sql = (text: string, ...values: unknown[]) => database.owner.query(text, values);

/** What the database keeps must be what counting would say. */
async function expectTrue(): Promise<void> {
  const cells =
    'select category_id, level, language, price, length, rating, course_count from course_facets where course_count <> 0 order by 1, 2, 3, 4, 5, 6';
  const kept = (await sql(cells)).rows;
  await sql('begin');
  await sql('select recount_course_facets()');
  const counted = (await sql(cells)).rows;
  await sql('rollback');
  expect(kept).toEqual(counted);
}

async function course(name: string, details: Record<string, unknown> = {}, categories: string[] = []): Promise<void> {
  const row = {
    id: id(name),
    title: `Course ${name}`,
    slug: name,
    instructor_id: id('teacher'),
    status: 'PUBLISHED',
    published_at: new Date(),
  };
  await insert(database.owner, 'courses', { ...row, ...details });
  for (const category of categories) await insert(database.owner, 'course_categories', { course_id: id(name), category_id: id(category) });
}

beforeAll(async () => {
  await insert(database.owner, 'users', { id: id('teacher'), name: 'Tea', email: 'tea@school.test', role: 'INSTRUCTOR' });
});
beforeEach(async () => {
  await sql('delete from courses');
  await sql('delete from categories');
  for (const [name, parent] of [['science'], ['physics', 'science'], ['biology', 'science'], ['art']] as const)
    await insert(database.owner, 'categories', { id: id(name!), name, slug: name, parent_id: parent ? id(parent) : null });
  await course('a', { level: 'BEGINNER', is_free: true, duration_minutes: 30 }, ['physics', 'biology']);
  await course('b', { level: 'BEGINNER', language: 'fr', duration_minutes: 100, review_count: 3, rating_average: 4.6 }, ['physics']);
  await course('c', { level: 'EXPERT', duration_minutes: 700, review_count: 9, rating_average: 3.6 }, ['art']);
  await course('d', { status: 'DRAFT', published_at: null }, ['art']);
});

describe('the numbers beside the choices', () => {
  test('count published courses once each, in a category also those of the categories within it', async () => {
    const all = await facets();
    expect(all.total).toBe(3);
    expect(counts(all.categories)).toEqual({ art: 1, biology: 1, physics: 2, science: 2 });
    expect(counts(all.levels)).toEqual({ beginner: 2, expert: 1 });
    expect(counts(all.languages)).toEqual({ en: 2, fr: 1 });
    expect(counts(all.lengths)).toEqual({ 'under-1h': 1, '1-3h': 1, 'over-10h': 1 });
    expect(counts(all.ratings)).toEqual({ '4.5': 1, '4': 1, '3.5': 2, '3': 2 });
    expect(counts(all.prices)).toEqual({ free: 1 });
    expect(all.categories.find(({ value }) => value === 'physics')?.parent).toBe('science');
  });

  test('say how many there would be: a choice counts for all others, and not for its own', async () => {
    const beginners = await facets({ level: ['beginner'] });
    expect(beginners.total).toBe(2);
    expect(counts(beginners.levels)).toEqual({ beginner: 2, expert: 1 });
    expect(counts(beginners.languages)).toEqual({ en: 1, fr: 1 });
    expect(counts(beginners.categories)).toEqual({ biology: 1, physics: 2, science: 2 });
    const art = await facets({ category: 'art', free: '1' });
    expect([art.total, counts(art.prices)]).toEqual([0, {}]);
    expect(counts(art.levels)).toEqual({});
    expect(counts(art.categories)).toEqual({ biology: 1, physics: 1, science: 1 });
    expect((await facets({ category: 'nowhere' })).total).toBe(0);
  });

  test.each([{}, { level: ['beginner'] }, { category: 'science' }, { free: '1', category: 'physics' }, { rating: '3.5' }])(
    'are the same for a search that finds everything: %j',
    async (wish) => {
      expect(await facets({ q: 'course', ...wish })).toEqual(await facets(wish));
    },
  );

  test('of a search are of what it finds', async () => {
    await sql("update courses set title = 'Glass' where slug = 'c'");
    const found = await facets({ q: 'glass' });
    expect([found.total, counts(found.levels), counts(found.categories)]).toEqual([1, { expert: 1 }, { art: 1 }]);
  });
});

describe('the database keeps them true', () => {
  test.each([
    ['a course is published', "update courses set status = 'PUBLISHED', published_at = now() where slug = 'd'"],
    ['courses are archived', "update courses set status = 'ARCHIVED'"],
    [
      'a course becomes free, harder and longer',
      "update courses set is_free = true, level = 'EXPERT', duration_minutes = 400 where slug = 'b'",
    ],
    ['ratings change', 'update courses set review_count = review_count + 1, rating_average = 5'],
    ['a course goes', "delete from courses where slug = 'a'"],
    ['all courses go', 'delete from courses'],
    ['a course leaves a category', `delete from course_categories where category_id = '${idIn(1, 'biology')}'`],
    ['courses leave all categories', 'delete from course_categories'],
    ['courses enter a category', `insert into course_categories (course_id, category_id) select id, '${idIn(1, 'science')}' from courses`],
    ['courses move', `update course_categories set category_id = '${idIn(1, 'art')}' where category_id = '${idIn(1, 'biology')}'`],
    ['a category moves', "update categories set parent_id = null where slug = 'physics'"],
    ['a category goes', "delete from categories where slug = 'science'"],
  ])('when %s', async (_, text) => {
    await sql(text);
    await expectTrue();
  });

  test('when two publish at once', async () => {
    const other = await createOther();
    await sql('begin');
    await sql("update courses set level = 'EXPERT' where slug = 'a'");
    const second = other.query("update courses set level = 'EXPERT' where slug = 'b'");
    await sql('commit');
    await second;
    await other.end();
    await expectTrue();
  });

  test('and nobody else writes them', async () => {
    const text = 'update course_facets set course_count = 1000 where category_id is null';
    await expect(database.connections.pool.query(text)).rejects.toMatchObject({ code: '42501' });
    await expect(
      database.connections.pool.query(`select shift_course_facets(array['${id('a')}']::uuid[], array[null]::uuid[], 5)`),
    ).rejects.toMatchObject({
      code: '42501',
    });
  });
});

async function createOther() {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  return client;
}

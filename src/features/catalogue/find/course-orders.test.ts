import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, guest, type TestDatabase } from '../../../../tests/support/database.ts';
import { courseList } from '../index.server.ts';

let database: TestDatabase;
type Wish = NonNullable<Parameters<typeof courseList>[1]>;

interface Row {
  id: string;
  slug: string;
  level: string;
  isFree: boolean;
  price: number | null;
  minutes: number;
  rating: number;
  students: number;
  published: number;
  rank: number;
  categories: string[];
}
let all: Row[];

const idOf = (kind: number, number: string) => `('01900000-0000-7000-800${kind}-' || lpad(to_hex((${number})::int), 12, '0'))::uuid`;

beforeAll(async () => {
  database = await createTestDatabase();
  const sql = (text: string) => database.owner.query(text);
  await sql(`insert into users (id, name, email, role) values (${idOf(0, '1')}, 'Tea', 'tea@school.test', 'INSTRUCTOR')`);
  await sql(
    `insert into categories (id, name, slug, parent_id) select ${idOf(1, 'n')}, 'Field ' || n, 'field-' || n, case when n = 3 then ${idOf(1, '1')} end from generate_series(1, 3) n`,
  );
  // Many are alike in each order; ids rise with no order but their own.
  await sql(
    `insert into courses (id, title, slug, status, published_at, is_free, instructor_id, level, duration_minutes, student_count, review_count, rating_average)
     select ${idOf(2, 'n * 7919 % 100003')}, 'Course ' || n, 'course-' || n, 'PUBLISHED', '2026-01-01'::timestamptz + n % 7 * interval '1 day', n % 5 = 0, ${idOf(0, '1')},
            (enum_range(null::level))[n % 4 + 1], n % 4 * 200, n % 9, n % 3 * 10, 1 + n % 5 from generate_series(1, 170) n`,
  );
  await sql(
    `insert into products (id, type, owner_id, course_id, name, slug) select ${idOf(3, 'row_number() over ()')}, 'COURSE', instructor_id, id, title, slug from courses where not is_free`,
  );
  // Every seventh has no price; some are given away without being free.
  await sql(
    `insert into prices (id, product_id, currency, amount) select id, id, 'USD', (array[0, 900, 1999, 2000, 4999, 5000, 9999, 10000, 2147483647])[right(slug, 2)::int % 9 + 1]
       from products where replace(slug, 'course-', '')::int % 7 > 0 and slug ~ '[0-9]{2}$'`,
  );
  await sql(
    `insert into course_categories (course_id, category_id) select id, ${idOf(1, 'replace(slug, $$course-$$, $$$$)::int % 3 + 1')} from courses`,
  );
  ({ rows: all } = await database.owner.query<Row>(
    `select id, slug, level, is_free as "isFree", price_now as price, duration_minutes as minutes, case when review_count > 0 then rating_average else 0 end::float8 as rating,
            student_count as students, published_at as published, rating_rank(rating_average, review_count) as rank,
            array(select g.slug from course_categories k join categories g on g.id = k.category_id where k.course_id = courses.id) as categories from courses`,
  ));
}, 60_000);
afterAll(() => database.drop());

const none = 3_000_000_000;
/** What a list is sorted by, the greatest first. What is free comes before what is given away for now, from the cheapest on. */
const greatness: Record<string, (row: Row) => number[]> = {
  newest: ({ published }) => [Number(published)],
  popular: ({ students }) => [students],
  rating: ({ rank }) => [rank],
  cheapest: ({ price, isFree }) => [-(price ?? none), isFree ? 1 : 0],
  dearest: ({ price, isFree }) => [price ?? -1, isFree ? 0 : 1],
};

const inBand: Record<string, (price: number) => boolean> = {
  low: (price) => price < 2000,
  middle: (price) => price >= 2000 && price < 5000,
  high: (price) => price >= 5000 && price < 10_000,
  top: (price) => price >= 10_000,
};

function fits(row: Row, wish: Wish): boolean {
  const { price = [], level, rating, length, category } = wish;
  return (
    (price.length === 0 ||
      price.some((band) => (band === 'free' ? row.isFree : !row.isFree && row.price !== null && inBand[band]!(row.price)))) &&
    (!level || level.includes(row.level.toLowerCase())) &&
    (!rating || row.rating >= Number(rating)) &&
    (!length ||
      (row.minutes >= 600 && length.includes('over-10h')) ||
      (row.minutes > 180 && row.minutes < 600 && length.includes('3-10h'))) &&
    (!category || row.categories.includes(category) || (category === 'field-1' && row.categories.includes('field-3')))
  );
}

function sorted(wish: Wish): string[] {
  const of = greatness[wish.sort!]!;
  const compare = (one: Row, other: Row) => {
    const [own, theirs] = [of(one), of(other)];
    const place = own.findIndex((value, index) => value !== theirs[index]);
    return place >= 0 ? theirs[place]! - own[place]! : one.id < other.id ? 1 : -1;
  };
  return all
    .filter((row) => fits(row, wish))
    .sort(compare)
    .map(({ slug }) => slug);
}

/** Every page, one after the other, and the number that is said beside the first. */
async function paged(wish: Wish): Promise<{ slugs: string[]; total: number }> {
  const slugs: string[] = [];
  let total = -1;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof courseList>> = await courseList(database.context(guest), { ...wish, after });
    slugs.push(...page.courses.map(({ slug }) => slug));
    if (!after) total = page.facets.total;
    after = page.next;
  } while (after);
  return { slugs, total };
}

const bands = [
  [],
  ['free'],
  ['low'],
  ['middle'],
  ['high'],
  ['top'],
  ['free', 'low'],
  ['free', 'top'],
  ['low', 'high'],
  ['middle', 'high', 'top'],
];
const byPrice = ['cheapest', 'dearest'];
const choices: Wish[] = [
  {},
  { level: ['beginner', 'expert'] },
  { rating: '3', length: ['3-10h', 'over-10h'] },
  { category: 'field-1' },
  { category: 'field-2', level: ['expert'] },
  { q: 'course' },
  { q: 'course', category: 'field-1', rating: '4' },
];

test.each(Object.keys(greatness))(
  'sorted by "%s" every list has all that fits, each once and in its place, page after page',
  async (sort) => {
    for (const price of byPrice.includes(sort) ? bands : [[], ['free', 'top']])
      for (const choice of choices) {
        const wish = { ...choice, price, sort };
        const wanted = sorted(wish);
        expect([wish, await paged(wish)]).toEqual([wish, { slugs: wanted, total: wanted.length }]);
      }
  },
);

test.each(byPrice)('in a large category, which is walked in the order "%s", the same courses are found', async (sort) => {
  const shift = (by: number) =>
    database.owner.query(
      `update course_facets set course_count = course_count + ${by} where category_id in (select id from categories where slug = 'field-1')`,
    );
  await shift(3000);
  for (const price of bands)
    expect([price, (await paged({ sort, price, category: 'field-1' })).slugs]).toEqual([
      price,
      sorted({ sort, price, category: 'field-1' }),
    ]);
  await shift(-3000);
});

test('a place that no course has is answered with what comes after it', async () => {
  const after = (key: number) =>
    courseList(database.context(guest), { sort: 'cheapest', after: `${key}.00000000-0000-0000-0000-000000000000` });
  expect((await after(0)).courses).toHaveLength(24);
  expect((await after(39_999_999_999)).courses[0]?.price).toMatchObject({ minor: 5000 });
  expect((await after(999_999_999_999_999)).courses).toEqual([]);
});

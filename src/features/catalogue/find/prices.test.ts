import { beforeAll, expect, test } from 'vitest';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { guest, testDatabase } from '../../../../tests/support/database.ts';
import { amountNow, courseList } from '../index.server.ts';

const database = testDatabase();
const sql = (text: string, ...values: unknown[]) => database.owner.query(text, values);
const list = (wish: Parameters<typeof courseList>[1] = {}) => courseList(database.context(guest), wish);
const slugs = async (wish: Parameters<typeof courseList>[1]) => (await list(wish)).courses.map(({ slug }) => slug);
const bands = async () => Object.fromEntries((await list()).facets.prices.map(({ label, count }) => [label, count]));

/** Courses by their slugs, in minor units of USD and EUR. */
const priced: Record<string, [usd: number | null, eur?: number]> = {
  tiny: [900],
  small: [1999, 9900],
  middle: [2000],
  large: [9999],
  huge: [25_000],
  unpriced: [null],
};

async function price(slug: string, currency: string, amount: number, discount: unknown[] = [null, null, null]): Promise<void> {
  await sql('select set_config($1, $2, false)', 'app.user_role', 'SYSTEM');
  await sql(
    `insert into prices (id, product_id, currency, amount, discount_amount, discount_starts_at, discount_ends_at)
     select gen_random_uuid(), product_of_course(id), $2, $3, $4, $5, $6 from courses where slug = $1`,
    slug,
    currency,
    amount,
    ...discount,
  );
}

beforeAll(async () => {
  const { id: instructorId } = await aPerson(database, 'INSTRUCTOR');
  for (const [slug, [usd, eur]] of Object.entries(priced)) {
    await aCourse(database, { slug, instructorId, isFree: false, chapters: [] });
    if (usd !== null) await price(slug, 'USD', usd);
    if (eur) await price(slug, 'EUR', eur);
  }
  await aCourse(database, { slug: 'free', instructorId, isFree: true, chapters: [] });
});

/** What is kept must be what counting anew would say. */
async function expectKept(): Promise<void> {
  const cells =
    'select category_id, level, language, price, length, rating, course_count from course_facets where course_count <> 0 order by 1, 2, 3, 4, 5, 6';
  const kept = (await sql(cells)).rows;
  await sql('begin');
  await sql("set local app.user_role = 'SYSTEM'");
  expect((await sql('select refresh_course_prices(null) as mended')).rows).toEqual([{ mended: 0 }]);
  await sql('select recount_course_facets()');
  const counted = (await sql(cells)).rows;
  await sql('rollback');
  expect(kept).toEqual(counted);
}

test('courses are sorted by their price, both ways, those without one last, and the order goes on by key', async () => {
  expect(await slugs({ sort: 'cheapest' })).toEqual(['free', 'tiny', 'small', 'middle', 'large', 'huge', 'unpriced']);
  expect(await slugs({ sort: 'dearest' })).toEqual(['huge', 'large', 'middle', 'small', 'tiny', 'free', 'unpriced']);
  const rows = (await sql('select id, slug, price_now as price from courses')).rows as { id: string; slug: string; price: number | null }[];
  const at = (slug: string) => rows.find((row) => row.slug === slug);
  expect(await slugs({ sort: 'cheapest', after: `30000002000.${at('middle')?.id}` })).toEqual(['large', 'huge', 'unpriced']);
  expect(await slugs({ sort: 'dearest', after: `20000000901.${at('tiny')?.id}` })).toEqual(['free', 'unpriced']);
  expect(await slugs({ q: 'course', sort: 'dearest', price: ['high', 'top'] })).toEqual(['huge', 'large']);
});

test('bands of prices are counted in the school’s currency, and chosen together', async () => {
  const inDollars = { Free: 1, 'Under $20': 2, '$20 to $50': 1, '$50 to $100': 1, '$100 and up': 1 };
  expect(await bands()).toEqual(inDollars);
  expect((await slugs({ price: ['free', 'low'] })).sort()).toEqual(['free', 'small', 'tiny']);
  expect((await list({ q: 'course', price: ['top'] })).facets.prices.map(({ count }) => count)).toEqual([1, 2, 1, 1, 1]);
  await sql("update shop_settings set currency = 'EUR'");
  expect(await bands()).toEqual({ Free: 1, 'Under €20': 0, '€20 to €50': 0, '€50 to €100': 1, '€100 and up': 0 });
  expect((await list({ sort: 'dearest' })).courses[0]).toMatchObject({ slug: 'small', price: { minor: 9900, currency: 'EUR' } });
  await expectKept();
  await sql("update shop_settings set currency = 'USD'");
  expect(await bands()).toEqual(inDollars);
  await expectKept();
});

test.each([
  ['a price is lowered', 'update prices set amount = 100 where amount = 25000'],
  ['a price goes', 'delete from prices where amount = 9999'],
  ['a product goes with its prices', "delete from products where slug = 'middle'"],
  ['a course becomes free', "update courses set is_free = true where slug = 'tiny'"],
  ['a course costs something again', "update courses set is_free = false where slug = 'tiny'"],
])('what is kept stays right when %s', async (_, text) => {
  await sql(text);
  await expectKept();
});

test('a discount counts from its first moment until its end, as on every page, and the clock is followed', async () => {
  const moments = (
    await sql("select now() - interval '1 hour' as before, now() + interval '1 hour' as soon, now() + interval '3 hours' as later")
  ).rows[0];
  await aCourse(database, { slug: 'running', isFree: false, chapters: [] });
  await price('running', 'USD', 5000, [3000, moments.before, moments.soon]);
  await aCourse(database, { slug: 'coming', isFree: false, chapters: [] });
  await price('coming', 'USD', 5000, [3000, moments.soon, moments.later]);
  const kept = async () =>
    (await sql("select price_now from courses where slug in ('running', 'coming') order by slug desc")).rows.map((row) => row.price_now);
  expect(await kept()).toEqual([3000, 5000]);
  // Two hours pass, and nothing has looked at the clock yet.
  const earlier = ['discount_starts_at', 'discount_ends_at', 'changes_at'].map((name) => `${name} = ${name} - interval '2 hours'`);
  await sql(`begin; set local session_replication_role = replica; update prices set ${earlier}; commit`);
  await sql('update prices set updated_at = updated_at where changes_at <= now()');
  expect(await kept()).toEqual([5000, 3000]);
  const [before, starts, ends] = [moments.before, moments.soon, moments.later].map((moment) => new Date(moment.getTime() - 2 * 3_600_000));
  const window = {
    amount: 5000,
    discountAmount: 3000,
    discountStartsAt: starts!.toISOString(),
    discountEndsAt: ends!.toISOString(),
  };
  for (const moment of [before!, starts!, ends!]) {
    const { rows } = await sql(
      "select price_at(r, $1) as price from prices r join products p on p.id = r.product_id where p.slug = 'coming'",
      moment,
    );
    expect(rows).toEqual([{ price: amountNow({ currency: 'USD', ...window }, moment) }]);
  }
  await expectKept();
});

test('nobody writes what a course is said to cost', async () => {
  const { rows } = await sql("select id, instructor_id from courses where slug = 'huge'");
  const client = await database.connections.pool.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('app.user_id', $1, true), set_config('app.user_role', 'INSTRUCTOR', true)", [
      rows[0].instructor_id,
    ]);
    await expect(client.query('update courses set price_now = 1 where id = $1', [rows[0].id])).rejects.toMatchObject({ code: '42501' });
  } finally {
    await client.query('rollback');
    client.release();
  }
});

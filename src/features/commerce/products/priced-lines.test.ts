import { beforeAll, expect, test } from 'vitest';
import { guest, system } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { pricedLines } from './priced-lines.ts';

const database = testDatabase();
let buyer: Awaited<ReturnType<typeof aPerson>>;
let drawing: MadeCourse;
let painting: MadeCourse;
let draft: MadeCourse;
let bundle: string;

beforeAll(async () => {
  buyer = await aPerson(database);
  drawing = await aCourse(database, { slug: 'drawing', isFree: false });
  painting = await aCourse(database, { slug: 'painting', isFree: false });
  draft = await aCourse(database, { slug: 'draft', isFree: false, status: 'DRAFT' });
  await aProduct(drawing.id, {
    course: drawing,
    prices: [{ amount: 5000, discount: 4000, from: '2026-05-01', until: '2026-05-05T00:00:00Z' }],
  });
  await aProduct(painting.id, { course: painting, prices: [{ amount: 3000 }, { amount: 2800, currency: 'EUR', days: 30 }] });
  await aProduct(draft.id, { course: draft, prices: [{ amount: 3000 }] });
  bundle = await aProduct(newId(), { inside: [drawing, painting], prices: [{ amount: 6000 }] });
});

interface PriceWish {
  amount: number;
  currency?: string;
  discount?: number;
  from?: string;
  until?: string;
  interval?: string;
  trial?: number;
  days?: number;
}

async function aProduct(
  id: string,
  wish: { course?: MadeCourse; inside?: MadeCourse[]; type?: string; status?: string; prices: PriceWish[] },
): Promise<string> {
  const owner = wish.course?.instructorId ?? wish.inside?.[0]?.instructorId;
  await database.owner.query(
    'insert into products (id, type, owner_id, course_id, name, slug, status) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      id,
      wish.type ?? (wish.course ? 'COURSE' : 'BUNDLE'),
      owner,
      wish.course?.id ?? null,
      'A name of its own',
      `product-${id}`,
      wish.status ?? (wish.course ? 'PRIVATE' : 'PUBLIC'),
    ],
  );
  for (const [index, course] of (wish.inside ?? []).entries())
    await database.owner.query('insert into product_courses (product_id, course_id, position) values ($1, $2, $3)', [
      id,
      course.id,
      index + 1,
    ]);
  for (const price of wish.prices)
    await database.owner.query(
      `insert into prices (id, product_id, currency, amount, discount_amount, discount_starts_at, discount_ends_at, interval, trial_days, access_days)
       values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        price.currency ?? 'USD',
        price.amount,
        price.discount ?? null,
        price.from ?? null,
        price.until ?? null,
        price.interval ?? null,
        price.trial ?? null,
        price.days ?? null,
      ],
    );
  return id;
}

async function grant(userId: string, course: MadeCourse, source = 'MANUAL', expiresAt: string | null = null): Promise<void> {
  await database.owner.query(
    `insert into access_grants (id, user_id, course_id, source, starts_at, expires_at) values (gen_random_uuid(), $1, $2, $3, '2026-01-01', $4)`,
    [userId, course.id, source, expiresAt],
  );
}

interface Asked {
  currency?: string;
  quantity?: number;
  isGift?: boolean;
  interval?: 'MONTH' | 'YEAR';
  now?: string;
  buyerId?: string;
}

async function lineOf(productId: string, asked: Asked = {}) {
  const { currency = 'USD', quantity = 1, isGift = false, interval, now = '2026-05-04T10:00:00Z', buyerId = buyer.id } = asked;
  const items = [{ productId, quantity, isGift, ...(interval && { interval }) }];
  const [line] = await pricedLines(database.context(system, new Date(now)), { items, currency, buyerId });
  return line;
}

test('a course costs its discount price within the window, from its first moment until its end', async () => {
  const at = async (now: string) => (await lineOf(drawing.id, { now }))?.price;
  expect([await at('2026-04-30T23:59:59.999Z'), await at('2026-05-01T00:00:00Z'), await at('2026-05-04T23:59:59.999Z')]).toEqual([
    5000, 4000, 4000,
  ]);
  expect(await lineOf(drawing.id, { now: '2026-05-05T00:00:00Z' })).toMatchObject({
    title: 'The course drawing',
    slug: 'drawing',
    ownerId: drawing.instructorId,
    listPrice: 5000,
    price: 5000,
    problem: null,
  });
});

test('seats are counted into both prices, and what lasts for a while says so', async () => {
  expect(await lineOf(drawing.id, { quantity: 3 })).toMatchObject({ listPrice: 15_000, price: 12_000, quantity: 3, accessDays: null });
  expect(await lineOf(painting.id, { currency: 'EUR' })).toMatchObject({ price: 2800, currency: 'EUR', accessDays: 30 });
});

test('what is not for sale, or not in this currency, says so; what is gone has no line', async () => {
  const hidden = await aProduct(newId(), { inside: [drawing, painting], status: 'PRIVATE', prices: [{ amount: 10 }] });
  const withDraft = await aProduct(newId(), { inside: [drawing, draft], prices: [{ amount: 10 }] });
  const problems = [draft.id, hidden, withDraft].map(async (id) => (await lineOf(id))?.problem);
  expect(await Promise.all(problems)).toEqual(['not-sold', 'not-sold', 'not-sold']);
  expect(await lineOf(drawing.id, { currency: 'EUR' })).toMatchObject({ problem: 'no-price', price: 0 });
  expect(await lineOf(newId())).toBeUndefined();
});

test('what is owned whole is bought again only as a gift or for a team; a bundle partly owned is sold and says what one has', async () => {
  const owner = await aPerson(database);
  await grant(owner.id, drawing);
  const asked = { buyerId: owner.id };
  expect((await lineOf(drawing.id, asked))?.problem).toBe('owned');
  expect((await lineOf(drawing.id, { ...asked, isGift: true }))?.problem).toBeNull();
  expect((await lineOf(drawing.id, { ...asked, quantity: 2 }))?.problem).toBeNull();
  expect(await lineOf(bundle, asked)).toMatchObject({ ownedCourseIds: [drawing.id], problem: null });
  await grant(owner.id, painting);
  expect((await lineOf(bundle, asked))?.problem).toBe('owned');
});

test('what a membership lends, or what has ended, is not owned', async () => {
  const member = await aPerson(database);
  await grant(member.id, painting, 'FREE', '2026-05-01');
  const membership = await aProduct(newId(), { inside: [drawing], type: 'MEMBERSHIP', prices: [] });
  const subscription = newId();
  await database.owner.query(
    `insert into subscriptions (id, user_id, product_id, provider, interval, amount, currency, current_period_start, current_period_end)
     values ($1, $2, $3, 'demo', 'MONTH', 1500, 'USD', '2026-05-01', '2026-06-01')`,
    [subscription, member.id, membership],
  );
  await database.owner.query(
    `insert into access_grants (id, user_id, course_id, source, subscription_id, amount, currency, starts_at)
     values (gen_random_uuid(), $1, $2, 'MEMBERSHIP', $3, 0, 'USD', '2026-01-01')`,
    [member.id, drawing.id, subscription],
  );
  expect(await lineOf(painting.id, { buyerId: member.id })).toMatchObject({ ownedCourseIds: [], problem: null });
  expect(await lineOf(drawing.id, { buyerId: member.id })).toMatchObject({ ownedCourseIds: [], problem: null });
});

test('a bundle names its courses in their order, with what each costs alone', async () => {
  expect((await lineOf(bundle))?.courses).toEqual([
    { id: drawing.id, slug: 'drawing', title: 'The course drawing', ownerId: drawing.instructorId, listPrice: 5000 },
    { id: painting.id, slug: 'painting', title: 'The course painting', ownerId: painting.instructorId, listPrice: 3000 },
  ]);
});

test('a membership has a price for each interval, and whoever has one owns it', async () => {
  const prices = [
    { amount: 1500, interval: 'MONTH', trial: 14 },
    { amount: 15_000, interval: 'YEAR' },
  ];
  const membership = await aProduct(newId(), { inside: [drawing, draft], type: 'MEMBERSHIP', prices });
  expect(await lineOf(membership)).toMatchObject({ price: 1500, interval: 'MONTH', trialDays: 14, courses: [{ slug: 'drawing' }] });
  expect(await lineOf(membership, { interval: 'YEAR' })).toMatchObject({ price: 15_000, interval: 'YEAR', trialDays: null });
  await database.owner.query(
    `insert into subscriptions (id, user_id, product_id, provider, interval, amount, currency, current_period_start, current_period_end)
     values (gen_random_uuid(), $1, $2, 'demo', 'MONTH', 1500, 'USD', '2026-05-01', '2026-06-01')`,
    [buyer.id, membership],
  );
  expect((await lineOf(membership))?.problem).toBe('owned');
  for (const whom of [{ isGift: true }, { quantity: 3 }]) expect((await lineOf(membership, whom))?.problem).toBe('not-for-others');
});

test('lines keep the order of the items and cost one query however many there are', async () => {
  const items = [bundle, drawing.id, painting.id].map((productId) => ({ productId, quantity: 1, isGift: false }));
  const ctx = database.context(guest);
  let titles: string[] = [];
  const sent = await statementsOf(async () => {
    titles = (await pricedLines(ctx, { items, currency: 'USD', buyerId: null })).map(({ title }) => title);
  });
  expect([titles, sent.length]).toEqual([['A name of its own', 'The course drawing', 'The course painting'], 1]);
});

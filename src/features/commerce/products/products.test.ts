import { beforeAll, expect, test } from 'vitest';
import { coursePage, courseSeo } from '#features/catalogue/index.server.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { guest, type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf, aSettledOrder } from '../../../../tests/support/shop.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import {
  addProductCourse,
  makeProduct,
  moveProductCourse,
  ownMarks,
  productPage,
  productSeo,
  productsPage,
  removeProductCourse,
  removeProductPrice,
  saveProduct,
  setProductPrice,
  showProduct,
  soldPages,
  studioProduct,
  studioProducts,
} from '../index.server.ts';

const database = testDatabase();
testProcess(database);
let owner: Awaited<ReturnType<typeof aPerson>>;
let admin: Awaited<ReturnType<typeof aPerson>>;
beforeAll(async () => {
  owner = await aPerson(database, 'INSTRUCTOR', { name: 'Tea' });
  admin = await aPerson(database, 'ADMIN');
});

const pageOf = (slug: string, actor: Parameters<TestDatabase['context']>[0] = guest) => productPage(database.context(actor), { slug });
const price = { discountAmount: null, discountStartsAt: null, discountEndsAt: null, accessDays: null };
const own = (details: Parameters<typeof aCourse>[1] = {}) => aCourse(database, { isFree: false, instructorId: owner.id, ...details });

async function aBundle(actor = owner): Promise<string> {
  return (await makeProduct(database.context(actor), { type: 'BUNDLE', name: 'Draw & paint' })).slug;
}

test('an instructor bundles courses of their own, prices it, and puts it on sale once it is whole', async () => {
  const ctx = database.context(owner);
  const [first, second, draft] = [await own(), await own(), await own({ status: 'DRAFT' })];
  const slug = await aBundle();
  expect(slug).toMatch(/^draw-and-paint/);
  await expect(showProduct(ctx, { slug, isPublic: true })).rejects.toMatchObject({ code: 'conflict' });
  for (const { id } of [first, draft, second, first]) await addProductCourse(ctx, { slug, courseId: id });
  await setProductPrice(ctx, { slug, currency: 'USD', amount: 9000, ...price, interval: null, trialDays: null });
  expect((await studioProduct(ctx, { slug, search: '' })).missing).toEqual(['Every course in it is published.']);
  await expect(pageOf(slug)).rejects.toMatchObject({ code: 'not-found' });
  await removeProductCourse(ctx, { slug, courseId: draft.id });
  await moveProductCourse(ctx, { slug, courseId: second.id, by: -1 });
  await showProduct(ctx, { slug, isPublic: true });
  expect((await pageOf(slug)).courses.map((course) => course.slug)).toEqual([second.slug, first.slug]);
  // What is on sale stays whole.
  await expect(removeProductCourse(ctx, { slug, courseId: first.id })).rejects.toMatchObject({ code: 'conflict' });
  await expect(removeProductPrice(ctx, { slug, currency: 'USD', interval: null })).rejects.toMatchObject({ code: 'conflict' });
  await showProduct(ctx, { slug, isPublic: false });
  await expect(pageOf(slug)).rejects.toMatchObject({ code: 'not-found' });
  expect(await pageOf(slug, owner)).toMatchObject({ isSold: false, mayEdit: true });
});

test('nobody sells the courses of others, and only the school makes memberships', async () => {
  const ctx = database.context(owner);
  const foreign = await aCourse(database, { isFree: false });
  const [first, second] = [await aBundle(), await aBundle()];
  expect(second).not.toBe(first);
  await expect(addProductCourse(ctx, { slug: first, courseId: foreign.id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(makeProduct(ctx, { type: 'MEMBERSHIP', name: 'All of it' })).rejects.toMatchObject({ code: 'forbidden' });
  for (const other of [await aPerson(database), await aPerson(database, 'INSTRUCTOR')]) {
    const theirs = database.context(other);
    await expect(saveProduct(theirs, { slug: first, name: 'Mine', description: '' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(studioProduct(theirs, { slug: first, search: '' })).rejects.toMatchObject({ code: 'not-found' });
  }
  await expect(studioProducts(database.context(await aPerson(database)), {})).rejects.toMatchObject({ code: 'forbidden' });
  expect((await studioProduct(ctx, { slug: first, search: '' })).offered.map(({ id }) => id)).not.toContain(foreign.id);
});

test('the school bundles across instructors, and what it changes of others is written down', async () => {
  const [mine, foreign] = [await own(), await aCourse(database, { isFree: false, title: 'Glazing for beginners' })];
  const ctx = database.context(admin);
  const slug = await aBundle(admin);
  for (const { id } of [mine, foreign]) await addProductCourse(ctx, { slug, courseId: id });
  expect((await studioProduct(ctx, { slug, search: 'glaz' })).offered).toEqual([]);
  await removeProductCourse(ctx, { slug, courseId: foreign.id });
  expect((await studioProduct(ctx, { slug, search: 'glaz' })).offered).toMatchObject([{ title: 'Glazing for beginners' }]);
  const theirs = await aBundle();
  await expect(addProductCourse(ctx, { slug: theirs, courseId: foreign.id })).rejects.toMatchObject({ code: 'not-found' });
  await saveProduct(ctx, { slug: theirs, name: 'Renamed', description: '' });
  const { rows } = await database.owner.query("select actor_id, after from audit_log where action = 'commerce.productChanged'");
  expect(rows).toEqual([{ actor_id: admin.id, after: { product: 'Draw & paint' } }]);
});

test('a membership costs so much a month or a year, with days to try it, and shows what is published', async () => {
  const ctx = database.context(admin);
  const [shown, hidden] = [await own(), await own({ status: 'DRAFT' })];
  const { slug } = await makeProduct(ctx, { type: 'MEMBERSHIP', name: 'Everything' });
  for (const { id } of [shown, hidden]) await addProductCourse(ctx, { slug, courseId: id });
  const month = { slug, currency: 'USD', amount: 1500, ...price, interval: 'MONTH', trialDays: 14 };
  await expect(setProductPrice(ctx, { ...month, interval: null })).rejects.toMatchObject({ code: 'invalid' });
  await setProductPrice(ctx, month);
  await setProductPrice(ctx, { ...month, interval: 'YEAR', amount: 15_000, trialDays: null });
  await showProduct(ctx, { slug, isPublic: true });
  expect(await pageOf(slug)).toMatchObject({
    price: null,
    plans: [
      { interval: 'MONTH', price: { now: '$15.00' }, trialDays: 14 },
      { interval: 'YEAR', price: { now: '$150.00' }, trialDays: null },
    ],
    courses: [{ slug: shown.slug }],
  });
  expect((await productsPage(database.context(guest), {})).products.find((card) => card.slug === slug)?.price).toBe('$15.00 a month');
});

test('a bundle says what one saves, what one has already, and offers it to machines', async () => {
  const courses = [await own(), await own()];
  for (const [index, course] of courses.entries()) await aProductOf(database, { courses: [course], prices: { USD: 4000 + index * 1000 } });
  const bundle = await aProductOf(database, { type: 'BUNDLE', courses, prices: { USD: 6000, EUR: 5500 } });
  const ada = await aPerson(database);
  await aSettledOrder(database, { buyer: ada, items: [await aProductOf(database, { courses: [await own()] })] });
  const page = await pageOf(bundle.slug);
  expect(page).toMatchObject({ alone: '$90.00', saving: '$30.00', price: { now: '$60.00', elsewhere: ['€55.00'] }, isOwned: false });
  await database.owner.query(
    `insert into access_grants (id, user_id, course_id, source, starts_at) values (gen_random_uuid(), $1, $2, 'MANUAL', '2026-01-01')`,
    [ada.id, courses[1]?.id],
  );
  expect((await pageOf(bundle.slug, ada)).courses.map(({ isOwned }) => isOwned)).toEqual([false, true]);
  expect((await pageOf(bundle.slug)).courses.map(({ isOwned }) => isOwned)).toEqual([false, false]);
});

test('machines read what each costs now, with the discount of the moment, and find its page', async () => {
  const [course, bundle] = [
    await aProductOf(database, { courses: [await own()] }),
    await aProductOf(database, { type: 'BUNDLE', ownerId: owner.id }),
  ];
  const membership = await aProductOf(database, { type: 'MEMBERSHIP', prices: { USD: 1500 } });
  await database.owner.query(
    `update prices set discount_amount = 1999, discount_starts_at = now() - interval '1 day', discount_ends_at = now() + interval '1 day' where product_id = any ($1)`,
    [[course.id, bundle.id]],
  );
  const now = { ...database.context(guest), now: new Date() };
  const offer = (price: string) => ({ '@type': 'Offer', price, priceCurrency: 'USD', availability: 'https://schema.org/InStock' });
  const graph = JSON.parse(courseSeo(await coursePage(now, { slug: course.slug })).jsonLd ?? '{}')['@graph'];
  expect(graph[0]).toMatchObject({ '@type': 'Course', offers: offer('19.99') });
  for (const [product, price] of [
    [bundle, '19.99'],
    [membership, '15.00'],
  ] as const) {
    const seo = productSeo(await productPage(now, { slug: product.slug }));
    const url = expect.stringMatching(new RegExp(`^https?://[^/]+/products/${product.slug}$`));
    expect(JSON.parse(seo.jsonLd ?? '{}')).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'Product',
      url,
      offers: [{ ...offer(price), url }],
    });
  }
  const pages = await soldPages(database.context(guest));
  expect(pages[0]).toEqual({ path: '/products' });
  expect(pages).toContainEqual({ path: `/products/${bundle.slug}`, changedAt: expect.any(Date) });
  await database.owner.query("update products set status = 'PRIVATE' where id = $1", [bundle.id]);
  expect((await soldPages(database.context(guest))).map(({ path }) => path)).not.toContain(`/products/${bundle.slug}`);
});

test('the pages cost three queries at the most, however much is sold', async () => {
  const ctx = database.context(await aPerson(database));
  const small = await aProductOf(database, { type: 'BUNDLE' });
  const large = await aProductOf(database, { type: 'BUNDLE', courses: await Promise.all(Array.from({ length: 8 }, () => own())) });
  for (const { slug } of [small, large])
    expect(await statementsOf(() => Promise.all([productPage(ctx, { slug }), ownMarks(ctx)]))).toHaveLength(3);
  expect(await statementsOf(() => productsPage(ctx, {}))).toHaveLength(1);
  expect(await statementsOf(() => studioProducts(database.context(owner), {}))).toHaveLength(1);
  const { slug } = await makeProduct(database.context(owner), { type: 'BUNDLE', name: 'Counted' });
  expect(await statementsOf(() => studioProduct(database.context(owner), { slug, search: 'tea' }))).toHaveLength(2);
});

test('what is sold is listed by key, the newest first', async () => {
  for (let number = 0; number < 25; number += 1) await aProductOf(database, { type: 'BUNDLE' });
  const first = await productsPage(database.context(guest), {});
  const second = await productsPage(database.context(guest), { before: first.next });
  expect([first.products.length, first.isFirstPage, second.isFirstPage]).toEqual([24, true, false]);
  expect(second.products.map(({ slug }) => slug)).not.toContain(first.products.at(-1)?.slug);
});

import { beforeAll, expect, test } from 'vitest';
import { guest } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf } from '../../../../tests/support/shop.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { couponPage, newCouponPage } from './coupon-page.ts';
import { couponsPage } from './coupons-page.ts';
import { findCoupon } from './find-coupon.ts';
import { changeCoupon, makeCoupon, switchCoupon } from './save-coupon.ts';
import type { WantedCoupon } from './wanted-coupon.ts';

const database = testDatabase();
testProcess(database);
let admin: Awaited<ReturnType<typeof aPerson>>;
let ada: Awaited<ReturnType<typeof aPerson>>;
let bob: Awaited<ReturnType<typeof aPerson>>;
let engines: { slug: string; productId: string };
let bees: { slug: string; productId: string };
const sold = async (instructorId: Awaited<ReturnType<typeof aPerson>>['id']) => {
  const { id, slug } = await aCourse(database, { instructorId });
  const { rows } = await database.owner.query("select set_config('app.user_role', 'SYSTEM', false), product_of_course($1) as id", [id]);
  return { slug, productId: rows[0].id as string };
};
beforeAll(async () => {
  [admin, ada, bob] = [await aPerson(database, 'ADMIN'), await aPerson(database, 'INSTRUCTOR'), await aPerson(database, 'INSTRUCTOR')];
  await database.owner.query("update users set username = 'ada', display_username = 'Ada' where id = $1", [ada.id]);
  [engines, bees] = [await sold(ada.id), await sold(bob.id)];
});

const plain: WantedCoupon = {
  description: '',
  type: 'PERCENTAGE',
  value: 20,
  currency: null,
  maxDiscount: null,
  minOrder: null,
  maxUses: null,
  maxUsesPerUser: null,
  startsAt: null,
  endsAt: null,
  scope: 'ALL',
  instructor: '',
  products: '',
};
const as = (person: typeof admin) => database.context(person);
const make = (person: typeof admin, wanted: Partial<WantedCoupon> & { code?: string } = {}) =>
  makeCoupon(as(person), { code: '', ...plain, ...wanted });
const kept = async (code: string) => (await findCoupon(database.context(), { code, userId: null }))?.coupon;
const use = async (couponId: string, userId: string) => {
  const orderId = newId();
  await database.owner.query(
    `insert into orders (id, order_number, user_id, currency, original_amount, subtotal, total) values ($1::uuid, ($1::uuid)::text, $2, 'USD', 1000, 1000, 1000)`,
    [orderId, userId],
  );
  await database.owner.query(
    `insert into coupon_redemptions (id, coupon_id, user_id, order_id, amount, currency) values ($1, $2, $3, $4, 200, 'USD')`,
    [newId(), couponId, userId, orderId],
  );
  await database.owner.query('update coupons set used_count = used_count + 1 where id = $1', [couponId]);
};

test('an admin makes a coupon for anything: everything, some products, or what an instructor sells', async () => {
  await make(admin, { code: 'spring', value: 10, startsAt: new Date('2026-06-01') });
  expect(await kept('SPRING')).toMatchObject({ code: 'SPRING', value: 10, scope: 'ALL', active: true, startsAt: new Date('2026-06-01') });
  const some = await make(admin, { scope: 'PRODUCTS', products: `https://school.example/courses/${engines.slug}?x=1\n ${bees.slug}\n\n` });
  expect((await kept(some.code))?.productIds.sort()).toEqual([engines.productId, bees.productId].sort());
  const { slug } = await aProductOf(database, { type: 'MEMBERSHIP', prices: { USD: 1900 } });
  await expect(make(admin, { scope: 'PRODUCTS', products: slug })).rejects.toMatchObject({
    fields: { products: `“${slug}” is a membership: coupons lower what is paid once.` },
  });
  const adas = await make(admin, { scope: 'INSTRUCTOR', instructor: '@Ada' });
  expect(await kept(adas.code)).toMatchObject({ scope: 'INSTRUCTOR', instructorId: ada.id, productIds: [] });
});

test('an instructor’s coupon covers what they sell, whatever they ask for', async () => {
  const { code } = await make(ada, { scope: 'ALL' });
  expect(await kept(code)).toMatchObject({ scope: 'INSTRUCTOR', instructorId: ada.id });
  expect(code).toMatch(/^[A-Z2-9]{10}$/);
  const narrow = await make(ada, { products: engines.slug });
  expect((await kept(narrow.code))?.productIds).toEqual([engines.productId]);
  await expect(make(ada, { products: bees.slug })).rejects.toMatchObject({ fields: { products: expect.any(String) } });
});

test.each<[string, Partial<WantedCoupon> & { code?: string }, string]>([
  ['a code with a space', { code: 'TWO WORDS' }, 'code'],
  ['more than everything', { value: 101 }, 'value'],
  ['an amount in no currency', { type: 'FIXED_AMOUNT', value: 500 }, 'currency'],
  ['a limit in no currency', { maxDiscount: 500 }, 'currency'],
  ['an end before its beginning', { startsAt: new Date('2026-06-02'), endsAt: new Date('2026-06-01') }, 'endsAt'],
  ['an end that has passed', { endsAt: new Date('2026-01-01') }, 'endsAt'],
  ['no products', { scope: 'PRODUCTS' }, 'products'],
  ['a product that is not sold', { scope: 'PRODUCTS', products: '/courses/nothing-here' }, 'products'],
  ['an instructor who is none', { scope: 'INSTRUCTOR', instructor: 'nobody' }, 'instructor'],
])('a coupon with %s is refused at its field', async (_, wanted, field) => {
  await expect(make(admin, wanted)).rejects.toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } });
});

test('a code is given once, whatever its case', async () => {
  await make(admin, { code: 'ONCE' });
  await expect(make(ada, { code: 'once' })).rejects.toMatchObject({ fields: { code: expect.any(String) } });
});

test('a coupon is changed and switched by whom it is, and the school’s people are written down', async () => {
  const { id, code } = await make(ada, { maxUses: 5 });
  await use(id, bob.id);
  await use(id, bob.id);
  await expect(changeCoupon(as(ada), { id, ...plain, maxUses: 1 })).rejects.toMatchObject({ fields: { maxUses: expect.any(String) } });
  await changeCoupon(as(ada), { id, ...plain, value: 30, maxUses: 2, products: engines.slug });
  expect(await kept(code)).toMatchObject({ value: 30, maxUses: 2, usedCount: 2, productIds: [engines.productId] });
  for (const stranger of [bob, await aPerson(database)]) {
    await expect(changeCoupon(as(stranger), { id, ...plain })).rejects.toMatchObject({ code: 'not-found' });
    await expect(switchCoupon(as(stranger), { id, active: false })).rejects.toMatchObject({ code: 'not-found' });
    await expect(couponPage(as(stranger), { id, desk: 'own', from: null })).rejects.toMatchObject({ code: 'not-found' });
  }
  await switchCoupon(as(ada), { id, active: false });
  await switchCoupon(as(admin), { id, active: false });
  await switchCoupon(as(admin), { id, active: true });
  const { rows } = await database.owner.query('select actor_id, action, after from audit_log where subject_id = $1 order by sequence', [
    id,
  ]);
  expect(rows).toEqual([{ actor_id: admin.id, action: 'commerce.couponSwitched', after: { code, active: 'true' } }]);
});

test('who only learns makes no coupons and sees none', async () => {
  const student = await aPerson(database);
  await expect(make(student)).rejects.toMatchObject({ code: 'forbidden' });
  for (const desk of ['own', 'school'] as const) {
    await expect(couponsPage(as(student), { desk, search: null, from: null })).rejects.toMatchObject({ code: 'forbidden' });
    expect(() => newCouponPage(as(student), { desk })).toThrow();
  }
  await expect(couponsPage(as(ada), { desk: 'school', search: null, from: null })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(couponsPage(database.context(guest), { desk: 'own', search: null, from: null })).rejects.toMatchObject({
    code: 'sign-in-required',
  });
});

test('each desk lists its own, in one query however many there are, and finds a code', async () => {
  const mine = await couponsPage(as(bob), { desk: 'own', search: null, from: null });
  expect(mine.coupons).toEqual([]);
  const codes = [];
  for (let made = 0; made < 27; made += 1) codes.unshift((await make(bob, { code: `BOB-${made}` })).code);
  const list = (from: string | null, search: string | null = null) => couponsPage(as(bob), { desk: 'own', search, from });
  const first = await list(null);
  expect([...first.coupons, ...(await list(first.next)).coupons].map(({ code }) => code)).toEqual(codes);
  expect((await list(null, 'bob-26')).coupons.map(({ code }) => code)).toEqual(['BOB-26']);
  expect((await couponsPage(as(admin), { desk: 'school', search: 'bob-26', from: null })).coupons).toHaveLength(1);
  expect(await statementsOf(() => list(null))).toHaveLength(1);
});

test('a coupon’s page shows its form as it was typed and who has used it, in two queries', async () => {
  const { id } = await make(admin, {
    type: 'FIXED_AMOUNT',
    value: 1250,
    currency: 'USD',
    minOrder: 4000,
    scope: 'PRODUCTS',
    products: engines.slug,
  });
  for (let time = 0; time < 27; time += 1) await use(id, bob.id);
  const page = await couponPage(as(admin), { id, desk: 'school', from: null });
  expect(page).toMatchObject({ used: 27, state: 'on', offInWords: '$12.50, from $40.00' });
  expect(page.typed).toMatchObject({ value: '12.50', minOrder: '40.00', maxDiscount: '', products: `/courses/${engines.slug}` });
  expect(page.uses[0]).toMatchObject({ name: bob.name, amountInWords: '$2.00', isReleased: false });
  const rest = await couponPage(as(admin), { id, desk: 'school', from: page.next });
  expect([page.uses.length, rest.uses.length, rest.next]).toEqual([25, 2, null]);
  expect(await statementsOf(() => couponPage(as(admin), { id, desk: 'school', from: null }))).toHaveLength(2);
});

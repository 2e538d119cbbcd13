import { expect, test } from 'vitest';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { aPaidOrder, aRefundOf, aSoldProduct } from '../../../../tests/support/sold-order.ts';
import { affiliateOf } from './affiliate-of.ts';
import { postDispute } from './post-dispute.ts';
import { postRefund } from './post-refund.ts';
import { postSale } from './post-sale.ts';

const database = testDatabase();

const asSchool = (work: Parameters<typeof inTransaction<void>>[1]) => inTransaction(database.context(system), work);
const post = (orderId: string) => asSchool((ctx) => postSale(ctx, { orderId }));
const refund = (refundId: string) => asSchool((ctx) => postRefund(ctx, { refundId }));

/** Sums by account, of what is not zero. */
async function booksOf(orderId: string): Promise<Record<string, number>> {
  const { rows } = await database.owner.query<{ account: string; sum: number }>(
    'select account, sum(amount)::int as sum from ledger_entries where order_id = $1 group by account having sum(amount) <> 0 order by account',
    [orderId],
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

async function earned(orderId: string): Promise<[string, number][]> {
  const { rows } = await database.owner.query<{ person: string; sum: number }>(
    `select user_id as person, -sum(amount)::int as sum from ledger_entries where order_id = $1 and account = 'INSTRUCTOR' group by user_id order by sum desc`,
    [orderId],
  );
  return rows.map(({ person, sum }) => [person, sum]);
}

test('a sale is posted once, also when two post it at the same moment', async () => {
  const order = await aPaidOrder(database, { items: [{ price: 10_000, tax: 1900 }] });
  await Promise.all([post(order.id), post(order.id)]);
  await post(order.id);
  expect(await booksOf(order.id)).toEqual({ CASH: 11_900, TAX: -1900, INSTRUCTOR: -7000, PLATFORM: -3000 });
});

test('an order of nothing posts nothing', async () => {
  const order = await aPaidOrder(database, { items: [{ price: 5000, discount: 5000 }] });
  await post(order.id);
  expect(await booksOf(order.id)).toEqual({});
});

test('a bundle goes to those who teach its courses as the order remembers it, and to their teams', async () => {
  const [one, two] = [await aSoldProduct(database), await aSoldProduct(database)];
  const helper = await aPerson(database, 'INSTRUCTOR');
  await database.owner.query(`insert into course_instructors (course_id, user_id, revenue_share_basis_points) values ($1, $2, 1000)`, [
    one.courseId,
    helper.id,
  ]);
  const owner = await aPerson(database, 'ADMIN');
  const bundleId = newId();
  await database.owner.query(`insert into products (id, type, owner_id, name, slug) values ($1, 'BUNDLE', $2, 'Both', 'both')`, [
    bundleId,
    owner.id,
  ]);
  const courses = [
    { id: one.courseId, listPrice: 6000 },
    { id: two.courseId, listPrice: 4000 },
  ];
  const order = await aPaidOrder(database, { items: [{ productId: bundleId, price: 10_000, snapshot: { courses } }] });
  await post(order.id);
  expect(await earned(order.id)).toEqual([
    [one.instructorId, 3780],
    [two.instructorId, 2800],
    [helper.id, 420],
  ]);
});

test('where the order remembers no courses, those of the product count, at what they cost now', async () => {
  const [one, two] = [await aSoldProduct(database, { price: 3000 }), await aSoldProduct(database, { price: 1000 })];
  const bundleId = newId();
  await database.owner.query(`insert into products (id, type, owner_id, name, slug) values ($1, 'MEMBERSHIP', $2, 'All', 'all')`, [
    bundleId,
    one.instructorId,
  ]);
  await database.owner.query('insert into product_courses (product_id, course_id, position) values ($1, $2, 1), ($1, $3, 2)', [
    bundleId,
    one.courseId,
    two.courseId,
  ]);
  const order = await aPaidOrder(database, { items: [{ productId: bundleId, price: 1000 }] });
  await post(order.id);
  expect(await earned(order.id)).toEqual([
    [one.instructorId, 525],
    [two.instructorId, 175],
  ]);
});

test('whoever sent the buyer gets their part, except for what is their own course', async () => {
  const own = await aSoldProduct(database);
  const other = await aSoldProduct(database);
  const items = [
    { productId: own.productId, price: 1000 },
    { productId: other.productId, price: 1000 },
  ];
  const order = await aPaidOrder(database, { affiliateId: own.instructorId, items });
  await post(order.id);
  expect(await earned(order.id)).toEqual([
    [own.instructorId, 900],
    [other.instructorId, 500],
  ]);
  expect(await booksOf(order.id)).toMatchObject({ CASH: 2000, AFFILIATE: -200, PLATFORM: -400 });
});

test('a seller’s own coupon gives them more for what it covers, and nobody else', async () => {
  const own = await aSoldProduct(database);
  const other = await aSoldProduct(database);
  const couponId = newId();
  await database.owner.query(
    `insert into coupons (id, code, type, value, created_by_id, scope, instructor_id) values ($1, 'MINE', 'PERCENTAGE', 50, $2, 'INSTRUCTOR', $2)`,
    [couponId, own.instructorId],
  );
  const items = [
    { productId: own.productId, price: 2000, discount: 1000 },
    { productId: other.productId, price: 1000 },
  ];
  const order = await aPaidOrder(database, { couponId, channel: 'OWN_COUPON', items });
  await post(order.id);
  expect(await earned(order.id)).toEqual([
    [own.instructorId, 900],
    [other.instructorId, 700],
  ]);
});

test('refunds in parts end at nothing on every account, each once however often it is posted', async () => {
  const order = await aPaidOrder(database, { items: [{ price: 333, tax: 63 }, { price: 100 }] });
  await post(order.id);
  const ofItem = await aRefundOf(database, order, 101, order.itemIds[0]);
  await Promise.all([refund(ofItem), refund(ofItem)]);
  await refund(ofItem);
  expect((await booksOf(order.id)).CASH).toBe(395);
  await refund(await aRefundOf(database, order, 100));
  await refund(await aRefundOf(database, order, 295));
  expect(await booksOf(order.id)).toEqual({});
});

test('two refunds at the same moment give back no cent twice', async () => {
  const order = await aPaidOrder(database, { items: [{ price: 999 }] });
  await post(order.id);
  const both = [await aRefundOf(database, order, 500), await aRefundOf(database, order, 499)];
  await Promise.all(both.map(refund));
  expect(await booksOf(order.id)).toEqual({});
});

async function aDispute(order: { paymentId: string }, status: string, amount: number): Promise<string> {
  const id = newId();
  await database.owner.query(
    `insert into disputes (id, payment_id, provider_dispute_id, amount, currency, reason, status, opened_at, closed_at)
     values ($1, $2, $5, $4, 'EUR', 'fraudulent', $3::dispute_status, now(), case when $3::text = 'OPEN' then null else now() end)`,
    [id, order.paymentId, status, amount, `dispute ${id}`],
  );
  return id;
}
const dispute = (disputeId: string) => asSchool((ctx) => postDispute(ctx, { disputeId }));
const decide = (id: string, status: string) =>
  database.owner.query('update disputes set status = $2::dispute_status, closed_at = now() where id = $1', [id, status]);

test('money called back waits apart, comes back when the school wins, and is a refund when it loses', async () => {
  const order = await aPaidOrder(database, { items: [{ price: 1000 }] });
  await post(order.id);
  const before = await booksOf(order.id);
  const won = await aDispute(order, 'OPEN', 1000);
  await dispute(won);
  await dispute(won);
  expect(await booksOf(order.id)).toEqual({ REFUNDS: 1000, INSTRUCTOR: -700, PLATFORM: -300 });
  await decide(won, 'WON');
  await dispute(won);
  await dispute(won);
  expect(await booksOf(order.id)).toEqual(before);
  const lost = await aDispute(order, 'OPEN', 1000);
  await dispute(lost);
  await decide(lost, 'LOST');
  await dispute(lost);
  await dispute(lost);
  expect(await booksOf(order.id)).toEqual({});
});

test('a dispute that is told when it is over ends at the same', async () => {
  const order = await aPaidOrder(database, { items: [{ price: 1000 }] });
  await post(order.id);
  await dispute(await aDispute(order, 'WON', 1000));
  expect(await booksOf(order.id)).toEqual({ CASH: 1000, INSTRUCTOR: -700, PLATFORM: -300 });
  await dispute(await aDispute(order, 'LOST', 1000));
  expect(await booksOf(order.id)).toEqual({});
});

test('a link counts for who is in it, but never for oneself or for somebody who is gone', async () => {
  const [friend, buyer, gone] = [await aPerson(database), await aPerson(database), await aPerson(database)];
  for (const [person, name] of [
    [friend, 'friend'],
    [buyer, 'buyer'],
    [gone, 'gone'],
  ] as const)
    await database.owner.query('update users set username = $2 where id = $1', [person.id, name]);
  await database.owner.query('update users set deleted_at = now() where id = $1', [gone.id]);
  const sent = (username: string | null) => affiliateOf(database.context(), { username, buyerId: buyer.id });
  expect(await Promise.all(['friend', 'FRIEND', 'buyer', 'gone', 'nobody', null].map(sent))).toEqual([
    friend.id,
    friend.id,
    null,
    null,
    null,
    null,
  ]);
});

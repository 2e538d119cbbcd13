import { beforeEach, describe, expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf } from '../../../../tests/support/shop.ts';
import { findCoupon } from '../coupons/find-coupon.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { aCoupon, aPlacedOrder, morning, orderOf } from '../testing/placed-order.ts';
import { adminOrder } from './admin-order.ts';
import { placeOrder } from './place-order.ts';

const database = testDatabase({ poolSize: 12 });
testProcess(database);

const count = async (table: string, condition = 'true', values: unknown[] = []) =>
  (await database.owner.query<{ count: number }>(`select count(*)::int as count from ${table} where ${condition}`, values)).rows[0]!.count;

test('an order waits with its number, its items as they are, a payment and the end of its time; the cart is empty', async () => {
  const buyer = await aPerson(database);
  const product = await aProductOf(database, { accessDays: 90 });
  await database.owner.query('insert into cart_items (id, user_id, product_id) values (gen_random_uuid(), $1, $2)', [buyer.id, product.id]);
  const order = await aPlacedOrder(database, { buyer, products: [product] });
  const { rows } = await database.owner.query(
    `select o.order_number, o.status, o.total, o.currency, o.billing_country, o.expires_at, o.tax_snapshot ->> 'country' as country, i.access_days, i.total as item,
            i.product_snapshot ->> 'title' as title, p.provider, p.status as payment, p.amount from orders o join order_items i on i.order_id = o.id
       join payments p on p.order_id = o.id where o.id = $1`,
    [order.id],
  );
  expect(rows).toEqual([
    {
      order_number: expect.stringMatching(/^2026-\d{6}$/),
      status: 'PENDING',
      total: 4900,
      currency: 'USD',
      billing_country: 'US',
      expires_at: new Date(morning.getTime() + 3_600_000),
      country: 'US',
      access_days: 90,
      item: 4900,
      title: `The course ${product.courses[0]!.slug}`,
      provider: 'demo',
      payment: 'PENDING',
      amount: 4900,
    },
  ]);
  expect(await count('cart_items', 'user_id = $1', [buyer.id])).toBe(0);
});

test('a button pressed twice, or five times at once, makes one order', async () => {
  const buyer = await aPerson(database);
  const input = orderOf([await aProductOf(database)]);
  const placed = await Promise.all(Array.from({ length: 5 }, () => placeOrder(database.context(buyer, morning), input)));
  const numbers = placed.map((answer) => (answer.kind === 'placed' ? answer.number : answer.kind));
  expect(new Set(numbers).size).toBe(1);
  expect(await count('orders', 'user_id = $1', [buyer.id])).toBe(1);
  const other = await aPerson(database);
  await expect(placeOrder(database.context(other, morning), input)).rejects.toMatchObject({ code: '23505' });
});

test('what waits in an order of theirs already leads there, from however many windows; gifts and seats are bought as often as one likes', async () => {
  const [buyer, product, other] = [await aPerson(database), await aProductOf(database), await aProductOf(database)];
  const at = database.context(buyer, morning);
  const placed = await Promise.all(Array.from({ length: 5 }, () => placeOrder(at, orderOf([product]))));
  const [first, ...more] = placed.toSorted((a, b) => b.kind.localeCompare(a.kind));
  if (first?.kind !== 'placed') throw new Error('No order was placed.');
  expect(more).toEqual(Array(4).fill({ kind: 'open', number: first.number }));
  expect(await placeOrder(at, orderOf([other, product]))).toEqual({ kind: 'open', number: first.number });
  const gift = orderOf([product]);
  expect(await placeOrder(at, { ...gift, items: [{ ...gift.items[0]!, isGift: true }] })).toMatchObject({ kind: 'placed' });
  expect(await placeOrder(database.context(buyer, new Date(morning.getTime() + 3_600_000)), orderOf([product]))).toMatchObject({
    kind: 'placed',
  });
});

test('nothing is ordered at another price than the one that was seen', async () => {
  const buyer = await aPerson(database);
  const product = await aProductOf(database);
  expect(await placeOrder(database.context(buyer, morning), orderOf([product], { expectedTotal: 100 }))).toEqual({ kind: 'changed' });
  expect(await count('orders', 'user_id = $1', [buyer.id])).toBe(0);
});

test('a membership is not begun at another price than the one that was seen, though its trial costs nothing', async () => {
  const buyer = await aPerson(database);
  const product = await aProductOf(database, { type: 'MEMBERSHIP', prices: { USD: 1900 }, trialDays: 7 });
  const order = (expectedRecurring: number) =>
    placeOrder(database.context(buyer, morning), orderOf([product], { expectedTotal: 0, expectedRecurring }));
  expect(await order(900)).toEqual({ kind: 'changed' });
  expect(await order(1900)).toMatchObject({ kind: 'placed', isSettled: false });
});

test('a coupon lowers no membership, and says so', async () => {
  const [buyer, { code }] = [await aPerson(database), await aCoupon(database, { percent: 50 })];
  const product = await aProductOf(database, { type: 'MEMBERSHIP', prices: { USD: 1900 } });
  const refused = await placeOrder(database.context(buyer, morning), orderOf([product], { couponCode: code, expectedRecurring: 1900 }));
  expect(refused).toEqual({ kind: 'coupon', message: 'Coupons do not lower memberships: their price is paid again and again.' });
});

test('nobody fills the shop with orders that they do not pay', async () => {
  const buyer = await aPerson(database);
  const product = await aProductOf(database);
  const order = () => placeOrder(database.context(buyer, morning), orderOf([product], { expectedTotal: 1 }));
  for (let time = 0; time < 60; time += 1) await order();
  await expect(order()).rejects.toMatchObject({ code: 'too-many' });
});

test('what is owned, is not sold, has no price in the currency, or is a membership for others is not ordered', async () => {
  const [buyer, product] = [await aPerson(database), await aProductOf(database)];
  const at = database.context(buyer, morning);
  expect(await placeOrder(at, orderOf([product], { currency: 'EUR', expectedTotal: 0 }))).toEqual({ kind: 'unavailable' });
  await database.owner.query(
    `insert into access_grants (id, user_id, course_id, source, starts_at) values (gen_random_uuid(), $1, $2, 'MANUAL', '2026-01-01')`,
    [buyer.id, product.courses[0]!.id],
  );
  expect(await placeOrder(at, orderOf([product]))).toEqual({ kind: 'unavailable' });
  const membership = await aProductOf(database, { type: 'MEMBERSHIP', prices: { USD: 1900 } });
  expect(await placeOrder(at, orderOf([membership, await aProductOf(database)]))).toEqual({ kind: 'unavailable' });
  for (const whom of [{ isGift: true }, { quantity: 3 }]) {
    const order = orderOf([membership]);
    expect(await placeOrder(at, { ...order, items: order.items.map((item) => ({ ...item, ...whom })) })).toEqual({ kind: 'unavailable' });
  }
});

test('who orders from another country than the one they write confirms it', async () => {
  const buyer = await aPerson(database);
  const input = orderOf([await aProductOf(database)]);
  const fromAbroad = { ...database.context(buyer, morning), address: '193.99.144.80' };
  for (const confirmedCountry of [null, 'DE'])
    expect(await placeOrder(fromAbroad, { ...input, confirmedCountry })).toEqual({ kind: 'place' });
  expect(await count('orders', 'user_id = $1', [buyer.id])).toBe(0);
  expect(await placeOrder(fromAbroad, { ...input, confirmedCountry: 'US' })).toMatchObject({ kind: 'placed' });
});

test('codes of coupons are not guessed by ordering either', async () => {
  const [buyer, product, { code }] = [await aPerson(database), await aProductOf(database), await aCoupon(database, {})];
  const ctx = { ...database.context(buyer, morning), address: '203.0.113.7' };
  for (let guess = 0; guess < 30; guess += 1)
    expect(await placeOrder(ctx, orderOf([product], { couponCode: `guess-${guess}` }))).toMatchObject({ kind: 'coupon' });
  const known = orderOf([product], { couponCode: code, expectedTotal: 4410 });
  expect(await placeOrder(ctx, known)).toEqual({ kind: 'coupon', message: expect.stringMatching(/too many/i) });
  expect(await placeOrder({ ...ctx, address: '10.0.0.7' }, known)).toMatchObject({ kind: 'placed' });
});

test('a wrong code that is sent again, with an order or by a page that still shows it, is one guess', async () => {
  const [buyer, { code }] = [await aPerson(database), await aCoupon(database, {})];
  const ctx = { ...database.context(buyer, morning), address: '203.0.113.99' };
  const find = (typed: string) => findCoupon(ctx, { code: typed, userId: buyer.id });
  for (let time = 0; time < 40; time += 1) expect(await find(time % 2 ? 'summer-20' : 'SUMMER-20')).toBeNull();
  expect(await find(code)).toMatchObject({ coupon: { code } });
  for (let guess = 0; guess < 29; guess += 1) expect(await find(`guess-${guess}`)).toBeNull();
  await expect(find(code)).rejects.toMatchObject({ code: 'too-many' });
});

test('an order of nothing is settled at once, with an invoice and no payment, and there is nothing to give back', async () => {
  const { code } = await aCoupon(database, { percent: 100 });
  const order = await aPlacedOrder(database, { couponCode: code, expectedTotal: 0 });
  expect(order).toMatchObject({ status: 'COMPLETED', total: 0 });
  expect(await count('payments', 'order_id = $1', [order.id])).toBe(0);
  expect(await count('invoices', 'order_id = $1', [order.id])).toBe(1);
  expect(await count('enrollments', "user_id = $1 and status = 'ACTIVE'", [order.buyer.id])).toBe(1);
  const admin = database.context(await aPerson(database, 'ADMIN'), morning);
  expect((await adminOrder(admin, order)).may).toMatchObject({ refund: false, markPaid: false, cancel: false });
  const refund = refundOrder(admin, { number: order.number, itemId: null, amount: null, reason: 'Asked' });
  await expect(refund).rejects.toMatchObject({ code: 'not-found' });
  expect(await count('enrollments', "user_id = $1 and status = 'ACTIVE'", [order.buyer.id])).toBe(1);
});

describe('many who order at once', () => {
  let products: Awaited<ReturnType<typeof aProductOf>>[];
  beforeEach(async () => {
    products = [await aProductOf(database)];
    // Every connection is open before the race begins.
    await Promise.all(Array.from({ length: 12 }, () => database.connections.pool.query('select pg_sleep(0.02)')));
  });

  test('the last uses of a coupon are sold once, and who comes too late is told', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { id, code } = await aCoupon(database, { maxUses: 3 });
      const buyers = await Promise.all(Array.from({ length: 14 }, () => aPerson(database)));
      const input = () => orderOf(products, { couponCode: code, expectedTotal: 4410 });
      const placed = await Promise.all(buyers.map((buyer) => placeOrder(database.context(buyer, morning), input())));
      expect(placed.filter(({ kind }) => kind === 'placed')).toHaveLength(3);
      expect(placed.filter(({ kind }) => kind === 'coupon')).toHaveLength(11);
      expect(await count('coupon_redemptions', 'coupon_id = $1 and amount = 490', [id])).toBe(3);
      expect(await count('coupons', 'id = $1 and used_count = 3', [id])).toBe(1);
    }
  });

  test('numbers have no gap in a year, though some of the orders fail after they took theirs', async () => {
    const year = new Date('2031-03-01T10:00:00Z');
    await database.owner.query(`create function fail_some() returns trigger language plpgsql as $$ begin
        if new.billing_name = 'Mallory' then raise exception 'no'; end if; return new; end $$;
      create trigger fail_some before insert on orders for each row execute function fail_some()`);
    const buyers = await Promise.all(Array.from({ length: 24 }, () => aPerson(database)));
    const outcomes = await Promise.allSettled(
      buyers.map((buyer, index) => {
        const input = orderOf(products);
        return placeOrder(database.context(buyer, year), {
          ...input,
          billing: { ...input.billing, name: index % 3 === 0 ? 'Mallory' : 'Ada' },
        });
      }),
    );
    await database.owner.query('drop trigger fail_some on orders');
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(16);
    const { rows } = await database.owner.query<{ number: string }>(
      "select order_number as number from orders where order_number like '2031-%' order by 1",
    );
    expect(rows.map(({ number }) => number)).toEqual(
      Array.from({ length: 16 }, (_, index) => `2031-${String(index + 1).padStart(6, '0')}`),
    );
  });
});

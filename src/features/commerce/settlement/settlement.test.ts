import { beforeAll, describe, expect, test } from 'vitest';
import { aPerson } from '../../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf, type MadeProduct } from '../../../../tests/support/shop.ts';
import type { ProviderEvent } from '../providers/provider.ts';
import { aCoupon, aPlacedOrder, morning, type PlacedOrder, paymentOf } from '../testing/placed-order.ts';
import { applyProviderEvent } from './apply-provider-event.ts';
import { expireOrders } from './expire-orders.ts';
import { followWaitingEvents } from './waiting-events.ts';

const database = testDatabase({ poolSize: 12 });
const school = testProcess(database);
let courses: MadeProduct['courses'];
let bundle: MadeProduct;
beforeAll(async () => {
  bundle = await aProductOf(database, { type: 'BUNDLE', prices: { USD: 9900 } });
  courses = bundle.courses;
});

const noon = new Date('2026-05-04T12:30:00Z');
const apply = (event: ProviderEvent, at = morning) => applyProviderEvent(database.context(undefined, at), 'demo', event);

const refundOf = (order: PlacedOrder): ProviderEvent => ({
  kind: 'refunded',
  eventId: `evt_refund_${order.id}`,
  type: 'demo.refunded',
  happenedAt: morning,
  paymentId: `pay_${order.id}`,
  refundId: `refund_${order.id}`,
  refunded: { minor: order.total, currency: 'USD' },
});

/** The end of the time of an order whose payment nobody has begun. */
const endOf = (order: PlacedOrder): ProviderEvent => ({
  kind: 'expired',
  eventId: `end_${order.id}`,
  type: 'order.expired',
  happenedAt: noon,
  orderId: order.id,
  sessionId: '',
});

/** What an order has come to, as its rows say. */
async function standing(orderId: string) {
  const { rows } = await database.owner.query(
    `select o.status, (select count(*)::int from payments where order_id = o.id and status in ('PAID', 'REFUNDED')) as payments,
            (select count(*)::int from access_grants g join order_items i on i.id = g.order_item_id where i.order_id = o.id) as grants,
            (select count(*)::int from access_grants g join order_items i on i.id = g.order_item_id where i.order_id = o.id and g.revoked_at is null) as "liveGrants",
            (select count(*)::int from invoices where order_id = o.id and kind = 'INVOICE') as invoices,
            (select count(*)::int from invoices where order_id = o.id and kind = 'CREDIT_NOTE') as "creditNotes",
            (select coalesce(sum(amount), 0)::int from ledger_entries where order_id = o.id) as ledger,
            (select count(*)::int from ledger_entries where order_id = o.id) > 0 as "isPosted",
            (select count(*)::int from shop_alarms where order_id = o.id) as alarms
       from orders o where o.id = $1`,
    [orderId],
  );
  return rows[0];
}

const settled = {
  status: 'COMPLETED',
  payments: 1,
  grants: 2,
  liveGrants: 2,
  invoices: 1,
  creditNotes: 0,
  ledger: 0,
  isPosted: true,
  alarms: 0,
};
const unsettled = { ...settled, payments: 0, grants: 0, liveGrants: 0, invoices: 0, isPosted: false };

const alarmsOf = async (orderId: string) =>
  (
    await database.owner.query<{ kind: string }>('select kind from shop_alarms where order_id = $1 order by raised_at, kind', [orderId])
  ).rows.map(({ kind }) => kind);

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}

const happenings = {
  'return page': (order: PlacedOrder) => apply(paymentOf(order, { eventId: `look_${order.id}` })),
  webhook: (order: PlacedOrder) => apply(paymentOf(order)),
  refund: (order: PlacedOrder) => apply(refundOf(order)),
  expiry: (order: PlacedOrder) => apply(endOf(order), noon),
};
type Happening = keyof typeof happenings;

describe('in whatever order return page, webhook, its duplicate and the end of the time come', () => {
  // The webhook is delivered twice, and both are the same: 60 of the 120 orders differ.
  const every = permutations<Happening>(['return page', 'webhook', 'webhook', 'refund', 'expiry']);
  const orders = [...new Map(every.map((order) => [order.join(), order])).values()];

  test('there is one order, one payment, one set of grants that is taken back, one invoice with its credit note, and books of zero', async () => {
    expect(orders).toHaveLength(60);
    const { id: couponId, code } = await aCoupon(database, { maxUses: 1000 });
    for (let from = 0; from < orders.length; from += 8)
      await Promise.all(
        orders.slice(from, from + 8).map(async (sequence) => {
          const order = await aPlacedOrder(database, { products: [bundle], couponCode: code, expectedTotal: 8910 });
          for (const happening of sequence) await happenings[happening](order);
          expect([sequence, await standing(order.id)]).toEqual([
            sequence,
            { ...settled, status: 'REFUNDED', liveGrants: 0, creditNotes: 1 },
          ]);
        }),
      );
    const { rows } = await database.owner.query(
      'select used_count, (select count(*)::int from coupon_redemptions where coupon_id = c.id and released_at is null) as held from coupons c where id = $1',
      [couponId],
    );
    expect(rows).toEqual([{ used_count: 60, held: 60 }]);
    const { rows: open } = await database.owner.query('select count(*)::int as count from webhook_events where processed_at is null');
    expect(open).toEqual([{ count: 0 }]);
  });

  test('without a refund, the access stays', async () => {
    for (const sequence of permutations<Happening>(['return page', 'webhook', 'expiry'])) {
      const order = await aPlacedOrder(database, { products: [bundle] });
      for (const happening of sequence) await happenings[happening](order);
      expect([sequence, await standing(order.id)]).toEqual([sequence, settled]);
    }
  });

  test('and where all come at the same moment, over connections that are warm', async () => {
    await Promise.all(Array.from({ length: 12 }, () => database.connections.pool.query('select pg_sleep(0.02)')));
    for (let round = 0; round < 5; round += 1) {
      const order = await aPlacedOrder(database, { products: [bundle] });
      const same = Array.from({ length: 6 }, () => happenings.webhook(order));
      const outcomes = await Promise.all([
        ...same,
        happenings['return page'](order),
        happenings.expiry(order),
        happenings['return page'](order),
      ]);
      expect(outcomes.filter((outcome) => outcome === 'applied').length).toBeGreaterThan(0);
      expect(await standing(order.id)).toEqual(settled);
    }
  });
});

test('the buyer of a settled order has the courses and one mail, whatever was told how often', async () => {
  const order = await aPlacedOrder(database, { products: [bundle] });
  for (let times = 0; times < 3; times += 1) await happenings.webhook(order);
  await school.runJobs();
  expect((await school.mailsTo(order.buyer.email)).map(({ kind }) => kind)).toEqual(['commerce.receipt']);
  const { rows } = await database.owner.query('select course_id, status from enrollments where user_id = $1 order by course_id', [
    order.buyer.id,
  ]);
  expect(rows).toEqual(courses.map(({ id }) => ({ course_id: id, status: 'ACTIVE' })).sort((a, b) => (a.course_id < b.course_id ? -1 : 1)));
});

describe('money that does not match is refused, told once and not lost', () => {
  test.each([
    ['another amount', { paid: { minor: 100, currency: 'USD' } }],
    ['another currency', { paid: { minor: 9900, currency: 'EUR' } }],
  ])('%s', async (_, wrong) => {
    const order = await aPlacedOrder(database, { products: [bundle] });
    expect(await apply(paymentOf(order, wrong))).toBe('refused');
    expect(await apply(paymentOf(order, { ...wrong, eventId: `again_${order.id}` }))).toBe('refused');
    expect(await standing(order.id)).toEqual({ ...unsettled, status: 'PENDING', alarms: 1 });
    expect(await alarmsOf(order.id)).toEqual(['amount-differs']);
    const { rows } = await database.owner.query("select payload -> 'paid' as paid, error from webhook_events where event_id = $1", [
      `evt_${order.id}`,
    ]);
    expect(rows).toEqual([{ paid: wrong.paid, error: expect.stringContaining('9900 USD') }]);
    expect(await apply(paymentOf(order, { eventId: `right_${order.id}` }))).toBe('applied');
  });

  test('an order that is not there', async () => {
    const order = await aPlacedOrder(database, { products: [bundle] });
    const stranger = { ...order, id: order.buyer.id };
    expect(await apply(paymentOf(stranger))).toBe('refused');
    expect(await apply(paymentOf({ ...order, id: 'no id at all' }))).toBe('refused');
  });

  test('a second payment of an order that is paid', async () => {
    const order = await aPlacedOrder(database, { products: [bundle] });
    await happenings.webhook(order);
    expect(await apply(paymentOf(order, { eventId: `second_${order.id}`, paymentId: `second_${order.id}` }))).toBe('refused');
    expect(await standing(order.id)).toEqual({ ...settled, alarms: 1 });
    expect(await alarmsOf(order.id)).toEqual(['paid-twice']);
  });

  test('a payment that comes late for what the buyer has bought again since: it is kept, to go back', async () => {
    const order = await aPlacedOrder(database, { products: [bundle] });
    await happenings.expiry(order);
    await happenings.webhook(await aPlacedOrder(database, { products: [bundle], buyer: order.buyer }));
    expect(await apply(paymentOf(order))).toBe('refused');
    expect(await standing(order.id)).toEqual({ ...unsettled, status: 'CANCELLED', payments: 1, alarms: 1 });
    expect(await alarmsOf(order.id)).toEqual(['paid-late']);
    expect(await apply(paymentOf(order, { eventId: `again_${order.id}` }))).toBe('already');
  });

  test('a late payment whose coupon somebody else has used up', async () => {
    const { code } = await aCoupon(database, { maxUses: 1 });
    const order = await aPlacedOrder(database, { products: [bundle], couponCode: code, expectedTotal: 8910 });
    await happenings.expiry(order);
    await aPlacedOrder(database, { products: [bundle], couponCode: code, expectedTotal: 8910 });
    expect(await apply(paymentOf(order))).toBe('refused');
    expect(await alarmsOf(order.id)).toEqual(['paid-late']);
  });
});

describe('the end of an order’s time', () => {
  const expire = (at: Date) => expireOrders(database.context(system, at));
  const late = new Date('2026-06-04T12:00:00Z');

  test('frees its coupon, and is looked up first: what was paid is settled', async () => {
    const { id: couponId, code } = await aCoupon(database, { maxUses: 1 });
    const order = await aPlacedOrder(database, { products: [bundle], couponCode: code, expectedTotal: 8910, now: late });
    await expire(new Date(late.getTime() + 30 * 60_000));
    expect((await standing(order.id)).status).toBe('PENDING');
    await expire(new Date(late.getTime() + 61 * 60_000));
    expect(await standing(order.id)).toEqual({ ...unsettled, status: 'CANCELLED' });
    const { rows } = await database.owner.query('select used_count from coupons where id = $1', [couponId]);
    expect(rows).toEqual([{ used_count: 0 }]);
  });
});

test('what was kept and not followed, because the process ended or its payment was late, is followed by the job; what nothing is known of is told in the end', async () => {
  const order = await aPlacedOrder(database, { products: [bundle] });
  await database.owner.query(
    `insert into webhook_events (id, provider, event_id, type, payload, received_at) values (gen_random_uuid(), 'demo', $1, 'demo.paid', $2, $3)`,
    [`left_${order.id}`, JSON.stringify(paymentOf(order)), morning],
  );
  expect(await apply(refundOf({ ...order, id: 'nobody' }))).toBe('waits');
  await followWaitingEvents(database.context(system, new Date(morning.getTime() + 120_000)));
  expect(await standing(order.id)).toEqual(settled);
  const told = async () =>
    (await database.owner.query("select count(*)::int as count from shop_alarms where kind = 'unknown-payment'")).rows;
  expect(await told()).toEqual([{ count: 0 }]);
  await followWaitingEvents(database.context(system, new Date('2026-05-09T10:00:00Z')));
  expect(await told()).toEqual([{ count: 1 }]);
});

test('a declined payment leaves the order waiting, and it can be paid after all', async () => {
  const order = await aPlacedOrder(database, { products: [bundle], buyer: await aPerson(database) });
  const failed = { kind: 'failed', type: 'demo.failed', happenedAt: morning, orderId: order.id, sessionId: null } as const;
  expect(await apply({ ...failed, eventId: `failed_${order.id}`, reason: 'The card was declined.' })).toBe('applied');
  const { rows } = await database.owner.query('select status, failure_reason from payments where order_id = $1', [order.id]);
  expect(rows).toEqual([{ status: 'FAILED', failure_reason: 'The card was declined.' }]);
  await happenings.webhook(order);
  expect(await standing(order.id)).toEqual(settled);
  expect(await apply({ ...failed, eventId: `late_${order.id}`, reason: 'Too late.' })).toBe('already');
});

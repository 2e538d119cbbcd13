import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '#platform/database/database.server.ts';
import type { AppError } from '#platform/errors.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { createTestDatabase, system, type TestDatabase } from '../../../../tests/support/database.ts';
import { startTestProcess, type TestProcess } from '../../../../tests/support/process.ts';
import { aProductOf, aSettledOrder, type MadeOrder } from '../../../../tests/support/shop.ts';
import { postSale } from '../books/post-sale.ts';
import { openGift } from '../gifts/open-gift.ts';
import { redeemGift } from '../gifts/redeem-gift.ts';
import { issueInvoice } from '../invoices/issue-invoice.ts';
import { proveBooks } from '../proof/prove-books.ts';
import type { ProviderEvent } from '../providers/provider.ts';
import { refundOrder, type WantedRefund } from '../refunds/refund-order.ts';
import { takeOwnSeat } from '../seats/take-seat.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';
import { followWaitingEvents } from '../settlement/waiting-events.ts';
import { followDispute } from './follow-dispute.ts';

let database: TestDatabase;
let school: TestProcess;
let admin: Awaited<ReturnType<typeof aPerson>>;
beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 12 });
  school = startTestProcess(database);
  admin = await aPerson(database, 'ADMIN');
});
afterAll(async () => {
  await school.close();
  await database.drop();
});

type Told<Kind> = Omit<Extract<ProviderEvent, { kind: Kind }>, 'eventId' | 'type' | 'happenedAt' | 'paymentId'>;

const now = () => database.context(system).now;
const eventOf = <Kind extends 'dispute' | 'refunded'>(order: MadeOrder, eventId: string, told: Told<Kind>) =>
  ({
    ...told,
    ...{ eventId: `${eventId}-${order.id}`, type: told.kind, happenedAt: now(), paymentId: order.providerPaymentId },
  }) as unknown as Extract<ProviderEvent, { kind: Kind }>;
const disputeOf = (order: MadeOrder, status: 'OPEN' | 'WON' | 'LOST') =>
  eventOf<'dispute'>(order, `dispute-${status}`, {
    kind: 'dispute',
    disputeId: `dispute-${order.id}`,
    disputed: { minor: order.total, currency: 'USD' },
    reason: 'fraudulent',
    status,
  });
const givenBackAtProvider = (order: MadeOrder, minor: number) =>
  eventOf<'refunded'>(order, 'refund', { kind: 'refunded', refundId: `own-${order.id}`, refunded: { minor, currency: 'USD' } });
const refund = (order: MadeOrder, wish: Partial<WantedRefund>) =>
  refundOrder(database.context(admin), { number: order.number, itemId: null, amount: null, reason: 'Bought twice', ...wish });

/** Two courses, paid, with their books and their invoice. */
async function anOrder(): Promise<MadeOrder> {
  const items = [
    { product: await aProductOf(database), tax: 782 },
    { product: await aProductOf(database, { prices: { USD: 2900 } }), discount: 900, tax: 319 },
  ];
  const order = await aSettledOrder(database, { items });
  await inTransaction(database.context(system), async (ctx) => {
    await postSale(ctx, { orderId: order.id });
    await issueInvoice(ctx, { orderId: order.id });
  });
  return order;
}

/** How an order stands: money that went back, papers about it, and the courses that should be open and those that are. */
async function standing({ id, buyer }: MadeOrder, decision: 'OPEN' | 'WON' | 'LOST') {
  const { rows } = await database.owner.query<{
    refunded: number;
    refunds: number;
    notes: number;
    open: string[];
    due: string[];
    waiting: number;
  }>(
    `select (select coalesce(sum(r.amount), 0)::int from refunds r join payments p on p.id = r.payment_id where p.order_id = $1) as refunded,
            (select count(*)::int from refunds r join payments p on p.id = r.payment_id where p.order_id = $1) as refunds,
            (select count(distinct n.refund_id)::int from invoices n join refunds r on r.id = n.refund_id and r.amount = n.total
              where n.order_id = $1 and n.kind = 'CREDIT_NOTE') as notes,
            array(select e.course_id from enrollments e where e.user_id = $2 and e.status = 'ACTIVE' order by 1) as open,
            array(select g.course_id from access_grants g join order_items i on i.id = g.order_item_id
                   where i.order_id = $1 and i.refunded_amount < i.total and $3 = 'WON' order by 1) as due,
            (select count(*)::int from webhook_events where processed_at is null) as waiting`,
    [id, buyer.id, decision],
  );
  return rows[0]!;
}

test.each([1, 2, 3, 4])(
  'a refund, a dispute and what the provider says of both, all at once, leave books that agree (time %i)',
  async () => {
    await Promise.all(Array.from({ length: 12 }, () => database.connections.pool.query('select pg_sleep(0.02)')));
    for (const decision of ['OPEN', 'WON', 'LOST'] as const) {
      const order = await anOrder();
      const [first] = order.items;
      const apply = (event: ProviderEvent) => applyProviderEvent(database.context(system), 'demo', event);
      const outcomes = await Promise.allSettled([
        refund(order, {}),
        apply(disputeOf(order, 'OPEN')),
        refund(order, { itemId: first!.id }),
        apply(givenBackAtProvider(order, 690)),
        apply(disputeOf(order, decision)),
        apply(disputeOf(order, 'OPEN')),
        apply(givenBackAtProvider(order, 690)),
      ]);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' } satisfies Partial<AppError>);
      await school.runJobs();
      await followWaitingEvents({ ...database.context(system), now: new Date(Date.now() + 120_000) });
      const { refunded, refunds, notes, open, due, waiting } = await standing(order, decision);
      expect(refunded).toBeLessThanOrEqual(order.total);
      expect([notes, waiting]).toEqual([refunds, 0]);
      expect(open).toEqual(due);
    }
    expect(await proveBooks(database.context(system))).toMatchObject({ disagreements: 0 });
  },
);

/** Does something while a dispute of an order is written down and not yet committed: it ends at once, or waits for the dispute. */
async function whileDisputed<Outcome>(order: MadeOrder, work: () => Promise<Outcome>): Promise<{ outcome: Promise<Outcome | Error> }> {
  return inTransaction(database.context(system), async (ctx) => {
    await followDispute(ctx, { provider: 'demo', event: disputeOf(order, 'OPEN') });
    let hasEnded = false;
    const outcome = work()
      .catch((error: Error) => error)
      .finally(() => (hasEnded = true));
    const waits = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while (!hasEnded && (await database.owner.query(waits)).rowCount === 0) await wait(5);
    return { outcome };
  });
}

test('who asks for a refund just while a dispute is being written down is refused: the bank would take the same money again', async () => {
  const order = await anOrder();
  const { outcome } = await whileDisputed(order, () => refund(order, {}));
  expect(await outcome).toMatchObject({ code: 'conflict' });
  expect(await standing(order, 'OPEN')).toMatchObject({ refunds: 0, open: [] });
});

test('who redeems a gift or takes a seat just while its payment is called back gets nothing', async () => {
  const taking = [
    async (order: MadeOrder) => {
      await inTransaction(database.context(system), (ctx) => openGift(ctx, { orderItemId: order.items[0]!.id }));
      const { rows } = await database.owner.query<{ code: string }>('select code from gifts where order_item_id = $1', [
        order.items[0]!.id,
      ]);
      const ada = await aPerson(database);
      return () => redeemGift(database.context(ada), { code: rows[0]!.code });
    },
    async (order: MadeOrder) => () => takeOwnSeat(database.context(order.buyer), { itemId: order.items[0]!.id }),
  ];
  for (const [index, prepare] of taking.entries()) {
    const product = await aProductOf(database);
    const order = await aSettledOrder(database, { items: [index === 0 ? { product, isGift: true } : { product, quantity: 3 }] });
    await inTransaction(database.context(system), (ctx) => postSale(ctx, { orderId: order.id }));
    const { outcome } = await whileDisputed<unknown>(order, await prepare(order));
    expect(await outcome).toMatchObject(index === 0 ? { kind: 'revoked' } : { code: 'conflict' });
    const { rows } = await database.owner.query("select status from enrollments where course_id = $1 and status = 'ACTIVE'", [
      product.courses[0]!.id,
    ]);
    expect(rows).toEqual([]);
  }
});

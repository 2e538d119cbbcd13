import { beforeAll, expect, test, vi } from 'vitest';
import { inTransaction } from '#platform/database/database.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, system, type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf, aSettledOrder, type MadeOrder, type OrderWish } from '../../../../tests/support/shop.ts';
import { postSale } from '../books/post-sale.ts';
import { issueInvoice } from '../invoices/issue-invoice.ts';
import { demoProvider } from '../providers/demo.ts';
import { refundOrder, type WantedRefund } from './refund-order.ts';
import { settleRefund } from './settle-refund.ts';

const database = testDatabase({ poolSize: 12 });
const school = testProcess(database);
let admin: Awaited<ReturnType<typeof aPerson>>;
beforeAll(async () => {
  admin = await aPerson(database, 'ADMIN');
});

/** An order as settlement leaves it, with its books and its invoice. */
async function anOrder(wish: OrderWish = {}): Promise<MadeOrder> {
  const order = await aSettledOrder(database, wish);
  await inTransaction(database.context(system), async (ctx) => {
    await postSale(ctx, { orderId: order.id });
    await issueInvoice(ctx, { orderId: order.id });
  });
  return order;
}
async function twoItems() {
  const [looms, algebra] = [
    await aProductOf(database, { title: 'Looms' }),
    await aProductOf(database, { title: 'Algebra', prices: { USD: 2900 } }),
  ];
  return anOrder({
    items: [
      { product: looms, tax: 782 },
      { product: algebra, discount: 900, tax: 319 },
    ],
  });
}
const refund = (order: MadeOrder, wish: Partial<WantedRefund> = {}, actor: Parameters<TestDatabase['context']>[0] = admin) =>
  refundOrder(database.context(actor), { number: order.number, itemId: null, amount: null, reason: 'Bought twice', ...wish });
const told = (order: MadeOrder, refundId: string, minor: number, currency = 'USD') =>
  settleRefund(database.context(system), {
    provider: 'demo',
    event: {
      kind: 'refunded',
      eventId: refundId,
      type: 'refunded',
      happenedAt: new Date(),
      paymentId: order.providerPaymentId,
      refundId,
      refunded: { minor, currency },
    },
  });

/** What is left of an order: its state, what went back, the open courses, the cash in the books, and the credit notes. */
async function stateOf({ id, buyer }: MadeOrder) {
  const { rows } = await database.owner.query(
    `select o.status, o.payment_status as payment, (select status from payments p where p.order_id = o.id) as paid,
            array(select refunded_amount from order_items i where i.order_id = o.id order by i.id) as refunded,
            (select count(*)::int from enrollments e where e.user_id = $2 and e.status = 'ACTIVE') as open,
            (select count(*)::int from refunds r join payments p on p.id = r.payment_id where p.order_id = o.id and r.status = 'SUCCEEDED') as refunds,
            (select coalesce(sum(amount), 0)::int from ledger_entries l where l.order_id = o.id and l.account = 'CASH') as cash,
            array(select n.total || '/' || n.tax from invoices n where n.order_id = o.id and n.kind = 'CREDIT_NOTE' order by n.number) as notes
       from orders o where o.id = $1`,
    [id, buyer.id],
  );
  return rows[0];
}

test('a whole refund takes everything back at once: money, access, books and invoice, and says so', async () => {
  const order = await twoItems();
  expect(await refund(order)).toBe('refunded');
  expect(await stateOf(order)).toEqual({
    status: 'REFUNDED',
    payment: 'REFUNDED',
    paid: 'REFUNDED',
    refunded: [4900, 2000],
    open: 0,
    refunds: 1,
    cash: 0,
    notes: ['6900/1101'],
  });
  const { rows } = await database.owner.query(
    'select account from ledger_entries where order_id = $1 group by account having sum(amount) <> 0',
    [order.id],
  );
  expect(rows).toEqual([]);
  await school.runJobs();
  const [mail] = await school.mailsTo(order.buyer.email);
  expect(mail?.subject).toBe(`$69.00 of your order ${order.number} is on its way back`);
  expect(mail?.text.replaceAll(/\s+/g, ' ')).toContain('your access ends to “Looms” and “Algebra”');
  const audited = await database.owner.query("select after from audit_log where subject_id = $1 and action = 'commerce.refundAsked'", [
    order.number,
  ]);
  expect(audited.rows).toEqual([{ after: { order: order.number, amount: '$69.00', reason: 'Bought twice' } }]);
});

test('a part of an item’s price goes back and the course stays; the rest of it takes the course, and the tax adds up', async () => {
  const order = await twoItems();
  const itemId = order.items[0]!.id;
  expect(await refund(order, { itemId, amount: 1633 })).toBe('refunded');
  expect(await stateOf(order)).toMatchObject({
    status: 'PARTIALLY_REFUNDED',
    payment: 'PAID',
    refunded: [1633, 0],
    open: 2,
    notes: ['1633/261'],
  });
  await expect(refund(order, { itemId, amount: 3268 })).rejects.toMatchObject({ fields: { amount: 'At most $32.67.' } });
  expect(await refund(order, { itemId })).toBe('refunded');
  expect(await stateOf(order)).toMatchObject({ refunded: [4900, 0], open: 1, cash: 2000, notes: ['1633/261', '3267/521'] });
  await expect(refund(order, { itemId })).rejects.toMatchObject({ code: 'conflict' });
  expect(await refund(order)).toBe('refunded');
  expect(await stateOf(order)).toMatchObject({ status: 'REFUNDED', open: 0, cash: 0 });
  await expect(refund(order)).rejects.toMatchObject({ code: 'conflict' });
});

test('a course that another purchase opens stays open', async () => {
  const course = await aProductOf(database);
  const bundle = await aProductOf(database, { type: 'BUNDLE', courses: course.courses });
  const order = await anOrder({ items: [bundle] });
  await anOrder({ buyer: order.buyer, items: [course] });
  await refund(order);
  expect(await stateOf(order)).toMatchObject({ status: 'REFUNDED', open: 1 });
});

test('of many who refund at once, no more goes back than was paid', async () => {
  for (let round = 0; round < 4; round += 1) {
    const order = await twoItems();
    const [first, second] = order.items;
    const asked = [
      {},
      { itemId: first!.id },
      { itemId: first!.id, amount: 2500 },
      { itemId: first!.id, amount: 2500 },
      { itemId: second!.id },
      {},
    ];
    const outcomes = await Promise.allSettled(asked.map((wish) => refund(order, wish)));
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: expect.stringMatching(/conflict|invalid/) });
    const { rows } = await database.owner.query<{ amount: number }>(
      "select coalesce(sum(amount), 0)::int as amount from refunds where payment_id = $1 and status = 'SUCCEEDED'",
      [order.paymentId],
    );
    const state = await stateOf(order);
    expect(rows[0]!.amount).toBeLessThanOrEqual(6900);
    expect([state.refunded[0] + state.refunded[1], 6900 - state.cash]).toEqual([rows[0]!.amount, rows[0]!.amount]);
  }
});

test('beneath the program too, no more goes back than was paid', async () => {
  const order = await anOrder();
  await refund(order);
  await expect(
    database.owner.query(
      "insert into refunds (id, payment_id, amount, currency, reason) values (gen_random_uuid(), $1, 1, 'USD', 'More')",
      [order.paymentId],
    ),
  ).rejects.toMatchObject({ constraint: 'refunds_within_payment' });
});

test('a refund whose provider does not answer is finished by the job, and sent once', async () => {
  const order = await anOrder();
  const keys: string[] = [];
  const asked = vi.spyOn(demoProvider, 'refund').mockImplementationOnce(async (_, { key }) => {
    keys.push(key);
    throw new Error('The line is dead');
  });
  expect(await refund(order)).toBe('waiting');
  expect(await stateOf(order)).toMatchObject({ status: 'COMPLETED', open: 1, refunds: 0 });
  await expect(refund(order)).rejects.toMatchObject({ code: 'conflict' });
  await school.runJobs();
  expect(await stateOf(order)).toMatchObject({ status: 'REFUNDED', open: 0, refunds: 1, cash: 0 });
  for (const [, { key }] of asked.mock.calls) keys.push(key);
  expect(new Set(keys).size).toBe(1);
  asked.mockRestore();
});

test('a refund that the provider still works on waits for its word, and that word counts once', async () => {
  const order = await anOrder();
  const asked = vi.spyOn(demoProvider, 'refund').mockResolvedValue({ refundId: `later-${order.id}`, status: 'PENDING' });
  expect(await refund(order)).toBe('waiting');
  await school.runJobs();
  expect(await stateOf(order)).toMatchObject({ status: 'COMPLETED', open: 1 });
  asked.mockRestore();
  await Promise.all([told(order, `later-${order.id}`, 4900), told(order, `later-${order.id}`, 4900)]);
  await told(order, `later-${order.id}`, 4900);
  expect(await stateOf(order)).toMatchObject({ status: 'REFUNDED', refunds: 1, cash: 0, notes: ['4900/0'] });
});

test('a refund that the provider refuses leaves everything as it was, tells the school, and may be tried again', async () => {
  const order = await anOrder();
  const asked = vi.spyOn(demoProvider, 'refund').mockResolvedValueOnce({ refundId: `refused-${order.id}`, status: 'FAILED' });
  expect(await refund(order)).toBe('failed');
  asked.mockRestore();
  expect(await stateOf(order)).toMatchObject({ status: 'COMPLETED', open: 1, cash: 4900, notes: [] });
  const { rows } = await database.owner.query('select kind from shop_alarms where order_id = $1', [order.id]);
  expect(rows).toEqual([{ kind: 'refund-failed' }]);
  expect(await refund(order)).toBe('refunded');
});

test('money given back at the provider’s own pages is taken in, over all items, once', async () => {
  const order = await twoItems();
  await Promise.all([told(order, `own-${order.id}`, 690), told(order, `own-${order.id}`, 690)]);
  expect(await stateOf(order)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: [490, 200], open: 2, refunds: 1, cash: 6210 });
  await told(order, `rest-${order.id}`, 6210);
  expect(await stateOf(order)).toMatchObject({ status: 'REFUNDED', refunded: [4900, 2000], open: 0, cash: 0 });
});

test('the provider’s word may come before its answer to us, and is still the same refund', async () => {
  const order = await anOrder();
  const asked = vi.spyOn(demoProvider, 'refund').mockImplementationOnce(async () => {
    await told(order, `early-${order.id}`, 4900);
    return { refundId: `early-${order.id}`, status: 'SUCCEEDED' };
  });
  expect(await refund(order)).toBe('refunded');
  asked.mockRestore();
  expect(await stateOf(order)).toMatchObject({ status: 'REFUNDED', refunds: 1, notes: ['4900/0'] });
});

test('more than was paid, another currency, or a payment that nobody knows is told to the school and moves nothing', async () => {
  const order = await anOrder();
  await told(order, `more-${order.id}`, 4901);
  await told(order, `euro-${order.id}`, 100, 'EUR');
  await told({ ...order, providerPaymentId: 'nobody’s' }, `nobody-${order.id}`, 100);
  expect(await stateOf(order)).toMatchObject({ status: 'COMPLETED', refunds: 0 });
  const { rows } = await database.owner.query("select kind from shop_alarms where key like '%' || $1 order by kind", [order.id]);
  expect(rows.map(({ kind }) => kind)).toEqual(['refund-differs', 'refund-differs', 'unknown-payment']);
});

test('money for an order that came too late goes back, and was never in the books', async () => {
  const order = await aSettledOrder(database);
  await database.owner.query("update orders set status = 'CANCELLED', completed_at = null where id = $1", [order.id]);
  expect(await refund(order)).toBe('refunded');
  expect(await stateOf(order)).toMatchObject({ status: 'CANCELLED', payment: 'REFUNDED', paid: 'REFUNDED', cash: 0, notes: [] });
});

test('a gift that nobody has taken is worth nothing once its money went back', async () => {
  const product = await aProductOf(database);
  const order = await anOrder({ items: [{ product, isGift: true }] });
  await database.owner.query("insert into gifts (id, order_item_id, code) values (gen_random_uuid(), $1, 'GIFT-ABCD-EFGH')", [
    order.items[0]!.id,
  ]);
  await refund(order);
  const { rows } = await database.owner.query('select revoked_at is not null as revoked from gifts where order_item_id = $1', [
    order.items[0]!.id,
  ]);
  expect(rows).toEqual([{ revoked: true }]);
});

test('nobody but an admin gives money back, and only with a reason', async () => {
  const order = await anOrder();
  for (const role of ['STUDENT', 'INSTRUCTOR'] as const)
    await expect(refund(order, {}, await aPerson(database, role))).rejects.toMatchObject({ code: 'not-found' });
  await expect(refund(order, {}, order.buyer)).rejects.toMatchObject({ code: 'not-found' });
  await expect(refund(order, {}, guest)).rejects.toMatchObject({ code: 'sign-in-required' });
  await expect(refund(order, { reason: ' ' })).rejects.toMatchObject({ fields: { reason: expect.any(String) } });
  await expect(refund(order, { itemId: order.id })).rejects.toMatchObject({ code: 'not-found' });
  await expect(refund({ ...order, number: '1999-000001' })).rejects.toMatchObject({ code: 'not-found' });
  expect(await stateOf(order)).toMatchObject({ status: 'COMPLETED', refunds: 0 });
});

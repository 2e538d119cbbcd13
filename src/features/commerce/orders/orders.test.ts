import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, expect, test } from 'vitest';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { guest, system, type TestDatabase, testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { aProductOf, aSettledOrder, type MadeOrder } from '../../../../tests/support/shop.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { postSale } from '../books/post-sale.ts';
import {
  adminOrder,
  adminOrders,
  cancelPendingOrder,
  markPaid,
  orderPage,
  orderPaper,
  ordersPage,
  refundOrder,
  resendReceipt,
} from '../index.server.ts';
import { issueInvoice } from '../invoices/issue-invoice.ts';

const database = testDatabase();
const school = testProcess(database);
let admin: Awaited<ReturnType<typeof aPerson>>;
beforeAll(async () => {
  admin = await aPerson(database, 'ADMIN', { name: 'Ines Okafor' });
  await database.owner.query(
    "update shop_settings set seller_name = 'The Calm School', seller_email = 'billing@school.example', bank_details = 'IBAN 1'",
  );
});

const asAdmin = () => database.context(admin);

async function anOrder(wish: Parameters<typeof aSettledOrder>[1] = {}): Promise<MadeOrder> {
  const order = await aSettledOrder(database, wish);
  await inTransaction(database.context(system), async (ctx) => {
    await postSale(ctx, { orderId: order.id });
    await issueInvoice(ctx, { orderId: order.id });
  });
  return order;
}

/** An order that waits for a bank transfer. */
async function aWaitingOrder(): Promise<MadeOrder> {
  const order = await aSettledOrder(database, { provider: 'bank' });
  const { owner } = database;
  await owner.query("update payments set status = 'PENDING', paid_at = null, provider_payment_id = null where order_id = $1", [order.id]);
  await owner.query(
    "update orders set status = 'PENDING', payment_status = 'PENDING', completed_at = null, expires_at = '2026-05-11' where id = $1",
    [order.id],
  );
  await owner.query('delete from enrollments where user_id = $1', [order.buyer.id]);
  await owner.query('delete from access_grants where user_id = $1', [order.buyer.id]);
  return order;
}

async function textOf(
  order: MadeOrder,
  paper: Parameters<typeof orderPaper>[1]['paper'],
  actor: Parameters<TestDatabase['context']>[0] = order.buyer,
) {
  const { pdf, fileName } = await orderPaper(database.context(actor), { number: order.number, paper });
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(await pdf())), { mergePages: true });
  return { fileName, text: text.replaceAll(/\s+/g, ' ') };
}

test('a buyer sees their orders, part by part, in one query however many there are', async () => {
  const [ada, bo] = [await aPerson(database), await aPerson(database)];
  const product = await aProductOf(database);
  await anOrder({ buyer: bo });
  const numbers: string[] = [];
  for (let count = 0; count < 17; count += 1) {
    const course = count === 0 ? product : await aProductOf(database);
    numbers.unshift((await aSettledOrder(database, { buyer: ada, items: [course] })).number);
  }
  const first = await ordersPage(database.context(ada), {});
  const second = await ordersPage(database.context(ada), { before: first.next });
  expect([...first.orders, ...second.orders].map(({ number }) => number)).toEqual(numbers);
  expect([first.isFirstPage, second.isFirstPage, second.next]).toEqual([true, false, null]);
  expect(await statementsOf(() => ordersPage(database.context(ada), {}))).toHaveLength(1);
  await expect(ordersPage(database.context(guest), {})).rejects.toMatchObject({ code: 'sign-in-required' });
});

test('an order’s page shows what was bought, how it adds up, and what can be done with it', async () => {
  const looms = await aProductOf(database, { title: 'Looms' });
  const order = await anOrder({ items: [{ product: looms, discount: 900, tax: 639 }] });
  await database.owner.query('update orders set original_amount = 6900, tax_snapshot = $2, billing_address = $3 where id = $1', [
    order.id,
    { name: 'VAT', rateBasisPoints: 1900 },
    { line1: 'Loom Street 1', city: 'London' },
  ]);
  const page = await orderPage(database.context(order.buyer), { number: order.number });
  expect(page).toMatchObject({
    payAt: null,
    hasReceipt: true,
    refund: { until: new Date('2026-06-03T09:00:00Z'), email: 'billing@school.example' },
    order: {
      status: 'COMPLETED',
      originalAmount: 6900,
      subtotal: 4900,
      discount: 900,
      total: 4000,
      refunded: 0,
      taxes: [{ name: 'VAT', rateBasisPoints: 1900, amount: 639 }],
      billing: { lines: ['Loom Street 1', 'London'] },
      items: [{ title: 'Looms', price: 4900, courses: [{ slug: looms.courses[0]!.slug }] }],
      payments: [{ title: 'Demo payment', amount: 4000, status: 'PAID' }],
      invoice: { number: expect.stringMatching(/^R-2026-\d{6}$/), total: 4000 },
      creditNotes: [],
    },
  });
  expect(await statementsOf(() => orderPage(database.context(order.buyer), { number: order.number }))).toHaveLength(2);
});

test('a page does not cost more for an order of many things, nor an admin’s', async () => {
  const items = [];
  for (let count = 0; count < 6; count += 1) items.push(await aProductOf(database));
  const order = await anOrder({ items });
  await refundOrder(asAdmin(), { number: order.number, itemId: order.items[0]!.id, amount: 100, reason: 'Kindness' });
  expect(await statementsOf(() => orderPage(database.context(order.buyer), { number: order.number }))).toHaveLength(2);
  expect(await statementsOf(() => adminOrder(asAdmin(), { number: order.number }))).toHaveLength(3);
  expect(await statementsOf(() => adminOrders(asAdmin(), { search: 'ada', status: 'completed' }))).toHaveLength(1);
});

test('somebody else’s order is not there, nor is its invoice', async () => {
  const order = await anOrder();
  for (const actor of [await aPerson(database), await aPerson(database, 'INSTRUCTOR')]) {
    const ctx = database.context(actor);
    await expect(orderPage(ctx, { number: order.number })).rejects.toMatchObject({ code: 'not-found' });
    await expect(orderPaper(ctx, { number: order.number, paper: { kind: 'invoice' } })).rejects.toMatchObject({ code: 'not-found' });
    await expect(adminOrder(ctx, { number: order.number })).rejects.toMatchObject({ code: 'not-found' });
    await expect(adminOrders(ctx, {})).rejects.toMatchObject({ code: 'not-found' });
    for (const deed of [markPaid, cancelPendingOrder, resendReceipt])
      await expect(deed(ctx, { number: order.number })).rejects.toMatchObject({ code: 'not-found' });
  }
  await expect(orderPage(asAdmin(), { number: order.number })).rejects.toMatchObject({ code: 'not-found' });
});

test('invoice, receipt and credit notes are papers for the buyer and for admins', async () => {
  const order = await anOrder();
  const invoice = await textOf(order, { kind: 'invoice' });
  expect(invoice.text).toContain(`The Calm School Invoice`);
  expect(invoice.text).toContain('Total $49.00');
  expect(invoice.fileName).toMatch(/^R-2026-\d{6}\.pdf$/);
  const receipt = await textOf(order, { kind: 'receipt' }, admin);
  expect(receipt).toMatchObject({ fileName: `receipt-${order.number}.pdf`, text: expect.stringContaining('Paid by Demo payment') });
  for (const amount of [1000, null])
    await refundOrder(asAdmin(), { number: order.number, itemId: order.items[0]!.id, amount, reason: `Part of ${amount}` });
  expect((await textOf(order, { kind: 'credit-note', place: 1 })).text).toContain('Credited $10.00 Reason: Part of 1000');
  expect((await textOf(order, { kind: 'credit-note', place: 2 })).text).toContain('Credited $39.00');
  for (const place of [0, 3, Number.NaN, 1.5])
    await expect(textOf(order, { kind: 'credit-note', place })).rejects.toMatchObject({ code: 'not-found' });
});

test('an admin finds orders by number, by name, by e-mail, by the bill and by state, part by part', async () => {
  const buyer = await aPerson(database, 'STUDENT', { name: 'Zénobie Quartz' });
  const order = await anOrder({ buyer });
  await database.owner.query("update orders set billing_name = 'Basalt & Sons' where id = $1", [order.id]);
  await refundOrder(asAdmin(), { number: order.number, itemId: null, amount: null, reason: 'Asked' });
  const found = async (wish: Parameters<typeof adminOrders>[1]) => (await adminOrders(asAdmin(), wish)).orders.map(({ number }) => number);
  for (const search of [order.number, order.number.slice(3), 'zenobie quartz', buyer.email, 'basalt', 'quartz basalt'])
    expect([search, await found({ search })]).toEqual([search, [order.number]]);
  expect(await found({ search: 'zenobie', status: 'completed' })).toEqual([]);
  expect(await found({ search: 'zenobie', status: 'refunded' })).toEqual([order.number]);
  expect(await found({ search: '100%' })).toEqual([]);
  for (let count = 0; count < 26; count += 1)
    await aSettledOrder(database, { buyer: await aPerson(database, 'STUDENT', { name: 'Onyx' }) });
  const first = await adminOrders(asAdmin(), { search: 'onyx' });
  const second = await adminOrders(asAdmin(), { search: 'onyx', from: first.next });
  expect([first.orders.length, second.orders.length, second.next]).toEqual([25, 1, null]);
});

test('a transfer that has come settles its order once, under the name of who said so', async () => {
  const order = await aWaitingOrder();
  expect((await adminOrder(asAdmin(), { number: order.number })).may).toEqual({
    refund: false,
    markPaid: true,
    cancel: true,
    resendReceipt: false,
  });
  expect((await orderPage(database.context(order.buyer), { number: order.number })).payAt).toBe(`/checkout/${order.number}`);
  expect(await markPaid(asAdmin(), { number: order.number })).toBe('settled');
  await expect(markPaid(asAdmin(), { number: order.number })).rejects.toMatchObject({ code: 'conflict' });
  const page = await adminOrder(asAdmin(), { number: order.number });
  expect(page).toMatchObject({
    order: { status: 'COMPLETED', payments: [{ title: 'Bank transfer', status: 'PAID' }] },
    may: { refund: true, markPaid: false },
  });
  expect(page.history.map(({ sentence }) => sentence)).toEqual([`Ines Okafor said that $49.00 for order ${order.number} has come`]);
  const { rows } = await database.owner.query('select status from enrollments where user_id = $1', [order.buyer.id]);
  expect(rows).toEqual([{ status: 'ACTIVE' }]);
});

test('an order that waits is cancelled once, and one that was paid is not', async () => {
  const order = await aWaitingOrder();
  for (let time = 0; time < 2; time += 1) await cancelPendingOrder(asAdmin(), { number: order.number });
  const page = await adminOrder(asAdmin(), { number: order.number });
  expect(page).toMatchObject({ order: { status: 'CANCELLED' }, history: [{ sentence: `Ines Okafor cancelled order ${order.number}` }] });
  expect((await orderPage(database.context(order.buyer), { number: order.number })).payAt).toBeNull();
  await expect(cancelPendingOrder(asAdmin(), { number: (await anOrder()).number })).rejects.toMatchObject({ code: 'conflict' });
  await expect(cancelPendingOrder(asAdmin(), { number: newId() })).rejects.toMatchObject({ code: 'not-found' });
});

test('a receipt is mailed once more when an admin says so', async () => {
  const order = await anOrder();
  await resendReceipt(asAdmin(), { number: order.number });
  await school.runJobs();
  const [mail] = await school.mailsTo(order.buyer.email);
  expect(mail).toMatchObject({ kind: 'commerce.receipt', subject: `Your order ${order.number}` });
  expect(mail?.text).toContain('Total: $49.00.');
  await expect(resendReceipt(asAdmin(), { number: (await aWaitingOrder()).number })).rejects.toMatchObject({ code: 'not-found' });
});

import { beforeAll, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { postRefund } from '../books/post-refund.ts';
import { postSale } from '../books/post-sale.ts';
import { issueCreditNote } from '../invoices/issue-credit-note.ts';
import { issueInvoice } from '../invoices/issue-invoice.ts';
import { aPaidOrder, type PaidOrder } from '../testing/paid-order.ts';
import { disagreements } from './disagreements.ts';
import type { OrderFacts } from './order-facts.ts';
import { proveBooks, proveBooksJob } from './prove-books.ts';

const database = testDatabase();
let order: PaidOrder;

beforeAll(async () => {
  // Each test spoils the books of an order of its own, behind the back of the rules that would refuse it.
  await database.owner.query('alter table ledger_entries disable trigger user');
});

beforeEach(async () => {
  order = await sold();
  expect(await alarms(order.id)).toEqual([]);
});

/** An order that is settled in every book. */
async function sold(): Promise<PaidOrder> {
  const made = await aPaidOrder(database, {
    taxIncluded: false,
    items: [
      { price: 5000, tax: 950 },
      { price: 3000, tax: 570, discount: 1000 },
    ],
  });
  await inTransaction(database.context(system), async (ctx) => {
    await postSale(ctx, { orderId: made.id });
    await issueInvoice(ctx, { orderId: made.id });
  });
  return made;
}

/** Gives the first item back, in every book. */
async function refundFirst(of: PaidOrder): Promise<void> {
  const [id, item] = [newId(), of.items[0]!];
  await database.owner.query(
    `insert into refunds (id, payment_id, order_item_id, amount, currency, reason, status, provider_refund_id, refunded_at) values ($1, $2, $3, $4, 'USD', 'No', 'SUCCEEDED', $5, now())`,
    [id, of.paymentId, item.id, item.total, id],
  );
  await database.owner.query('insert into refund_items (refund_id, order_item_id, amount, tax) values ($1, $2, $3, 950)', [
    id,
    item.id,
    item.total,
  ]);
  await database.owner.query('update order_items set refunded_amount = total, refunded_at = now() where id = $1', [item.id]);
  await database.owner.query(`update orders set status = 'PARTIALLY_REFUNDED' where id = $1`, [of.id]);
  await database.owner.query('update access_grants set revoked_at = now() where order_item_id = $1', [item.id]);
  await inTransaction(database.context(system), async (ctx) => {
    await postRefund(ctx, { refundId: id });
    await issueCreditNote(ctx, { refundId: id });
  });
}

/** What the proof says of one order. */
async function alarms(orderId: string): Promise<string[]> {
  await proveBooks(database.context(system), { atOnce: 2 });
  const { rows } = await database.owner.query<{ books: string }>(
    "select details->>'books' as books from shop_alarms where order_id = $1 and kind = 'books-disagree' order by 1",
    [orderId],
  );
  return rows.map(({ books }) => books);
}

const spoil = (text: string, ...values: unknown[]) => database.owner.query(text, [order.id, ...values]);

test('an order with a refund whose books agree raises nothing', async () => {
  await refundFirst(order);
  expect(await alarms(order.id)).toEqual([]);
});

test.each<[string, string, string[]]>([
  ['a payment of another amount', 'update payments set amount = amount + 1 where order_id = $1', ['order-payments']],
  ['a payment in another currency', `update payments set currency = 'EUR' where order_id = $1`, ['currency']],
  ['a payment that is gone', 'delete from payments where order_id = $1', ['order-payments']],
  [
    'an item of another price',
    'update order_items set price = price + 100, total = total + 100 where order_id = $1 and discount = 0',
    ['order-items', 'order-items'],
  ],
  [
    'access that is gone',
    'update access_grants set revoked_at = now() where order_item_id in (select id from order_items where order_id = $1)',
    ['grants', 'grants'],
  ],
])('%s', async (name, text, expected) => {
  await spoil(text);
  expect([name, await alarms(order.id)]).toEqual([name, expected]);
});

test.each<[string, string, string[]]>([
  ['a ledger without the sale', 'delete from ledger_entries where order_id = $1', ['order-ledger', 'order-ledger-tax']],
  [
    'a ledger in which a line was changed',
    `update ledger_entries set amount = amount - 5 where order_id = $1 and account = 'PLATFORM' and order_item_id = (select min(id::text)::uuid from order_items where order_id = $1)`,
    ['ledger'],
  ],
  [
    'a ledger with another tax',
    `update ledger_entries set account = 'PLATFORM' where order_id = $1 and account = 'TAX'`,
    ['order-ledger-tax'],
  ],
  ['an invoice that is gone', 'delete from invoices where order_id = $1', ['order-invoice']],
  ['an invoice of another total', 'update invoices set total = total + 7, net = net + 7 where order_id = $1', ['order-invoice']],
  ['an invoice of another tax', 'update invoices set tax = tax - 7, net = net + 7 where order_id = $1', ['order-invoice-tax']],
  [
    'an order that was never settled, with its money in the books',
    `update orders set status = 'CANCELLED', completed_at = null where id = $1`,
    ['order-ledger', 'order-payments'],
  ],
  [
    'an order of another total',
    'update orders set subtotal = subtotal + 10, total = total + 10, original_amount = original_amount + 10 where id = $1',
    ['order-invoice', 'order-items', 'order-items', 'order-ledger', 'order-payments'],
  ],
])('%s', async (name, text, expected) => {
  await spoil(text);
  expect([name, await alarms(order.id)]).toEqual([name, expected]);
});

test.each<[string, string, string[]]>([
  [
    'a refund that is gone',
    `with gone as (delete from invoices where order_id = $1 and kind = 'CREDIT_NOTE'), parts as (delete from refund_items where order_item_id in (select id from order_items where order_id = $1)) delete from refunds where payment_id in (select id from payments where order_id = $1)`,
    ['refunds-items', 'refunds-ledger', 'refunds-status'],
  ],
  ['a credit note that is gone', `delete from invoices where order_id = $1 and kind = 'CREDIT_NOTE'`, ['refunds-credit-notes']],
  [
    'an item that says it got back more',
    'update order_items set refunded_amount = 1, refunded_at = now() where order_id = $1 and discount > 0',
    ['refunds-items'],
  ],
  ['a status that knows nothing of it', `update orders set status = 'COMPLETED' where id = $1`, ['refunds-status']],
  ['a refund that the ledger lacks', `delete from ledger_entries where order_id = $1 and posting like 'refund:%'`, ['refunds-ledger']],
  [
    'access that was left after it',
    'update access_grants set revoked_at = null where order_item_id in (select id from order_items where order_id = $1)',
    ['grants'],
  ],
])('after a refund: %s', async (name, text, expected) => {
  await refundFirst(order);
  await spoil(text);
  expect([name, await alarms(order.id)]).toEqual([name, expected]);
});

test('a dispute that the ledger does not know', async () => {
  await database.owner.query(
    `insert into disputes (id, payment_id, provider_dispute_id, amount, currency, reason, status, opened_at) values ($1, $2, 'dispute', 100, 'USD', 'fraud', 'OPEN', now())`,
    [newId(), order.paymentId],
  );
  expect(await alarms(order.id)).toEqual(['disputes-ledger', 'disputes-waiting']);
});

test('what is told once stays one alarm, resolved or not, until other numbers disagree', async () => {
  await spoil('update payments set amount = amount + 1 where order_id = $1');
  await alarms(order.id);
  await spoil('update shop_alarms set resolved_at = now() where order_id = $1');
  expect(await alarms(order.id)).toEqual(['order-payments']);
  await spoil('update payments set amount = amount + 1 where order_id = $1');
  expect(await alarms(order.id)).toEqual(['order-payments', 'order-payments']);
});

test('a payout that the ledger does not know is told, and the night’s outcome stands in the audit log', async () => {
  await database.owner.query(
    `insert into payouts (id, instructor_id, amount, currency, period_start, period_end) select $1, instructor_id, 100, 'USD', '2026-04-01', '2026-04-30' from courses limit 1`,
    [newId()],
  );
  await proveBooksJob.handler(database.context(system), {});
  const { rows: told } = await database.owner.query(`select details->>'books' as books from shop_alarms where order_id is null`);
  expect(told).toEqual([{ books: 'payout-ledger' }]);
  const { rows } = await database.owner.query<{ after: Record<string, string> }>(
    `select after from audit_log where action = 'commerce.booksProved'`,
  );
  expect(Number(rows[0]?.after.disagreements)).toBeGreaterThan(20);
});

const agreed: OrderFacts = {
  orderId: 'order',
  number: '2026-1',
  status: 'COMPLETED',
  subtotal: 0,
  discount: 0,
  tax: 0,
  total: 0,
  isMixed: false,
  items: { count: 1, price: 0, discount: 0, tax: 0, total: 0, refunded: 0 },
  paid: 0,
  refunded: 0,
  calledBack: { open: 0, lost: 0 },
  ledger: { all: 0, sold: 0, soldTax: 0, refunded: 0, calledBack: 0, waiting: 0 },
  invoices: { count: 0, tax: 0, total: 0, credited: 0 },
  grants: { missing: [], left: [] },
};

test('an order of nothing needs no payment, no lines and no invoice', () => {
  expect(disagreements(agreed)).toEqual([]);
  expect(disagreements({ ...agreed, paid: 1 })).toEqual([{ books: 'order-payments', said: { order: 0, payments: 1 } }]);
});

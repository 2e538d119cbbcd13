import { expect, test } from 'vitest';
import { inTransaction } from '#platform/database/database.server.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { aProductOf, aSettledOrder } from '../../../../tests/support/shop.ts';
import { issueInvoice } from './issue-invoice.ts';

const database = testDatabase({ poolSize: 12 });

const year = (year: number) => database.context(system, new Date(`${year}-05-04T10:00:00Z`));
const issue = (orderId: string, ctx = year(2026)) => inTransaction(ctx, (ctx) => issueInvoice(ctx, { orderId }));

test('an order gets one invoice however often and by however many at once it is asked for', async () => {
  const order = await aSettledOrder(database);
  const numbers = await Promise.all(Array.from({ length: 6 }, async () => (await issue(order.id, year(2031))).number));
  expect(new Set(numbers)).toEqual(new Set(['R-2031-000001']));
  expect((await issue(order.id, year(2032))).number).toBe('R-2031-000001');
});

test('many who are invoiced at once, some of whom fail, leave no gap and no double', async () => {
  for (let round = 1; round <= 3; round += 1) {
    const orders = [];
    for (let count = 0; count < 24; count += 1) orders.push(await aSettledOrder(database));
    const outcomes = await Promise.allSettled(
      orders.map(({ id }, index) =>
        inTransaction(year(2040), async (ctx) => {
          const issued = await issueInvoice(ctx, { orderId: id });
          if (index % 4 === 3) throw new Error('The settlement fails after its invoice');
          return issued.number;
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(18);
    const { rows } = await database.owner.query<{ number: number }>("select number from invoices where series = 'R-2040' order by number");
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 18 * round }, (_, index) => index + 1));
  }
});

test('each year begins anew', async () => {
  const [one, other] = [await aSettledOrder(database), await aSettledOrder(database)];
  expect((await issue(one.id, year(2050))).number).toBe('R-2050-000001');
  expect((await issue(other.id, year(2051))).number).toBe('R-2051-000001');
});

test('an invoice keeps the seller, the buyer and the rates as they were', async () => {
  await database.owner.query("update shop_settings set seller_name = 'The School', seller_tax_id = 'DE1', seller_country = 'DE'");
  const looms = await aProductOf(database, { title: 'Looms' });
  const algebra = await aProductOf(database, { title: 'Algebra', prices: { USD: 500 } });
  const order = await aSettledOrder(database, {
    items: [
      { product: looms, discount: 900, tax: 639 },
      { product: algebra, tax: 160, quantity: 2 },
    ],
  });
  await database.owner.query(
    "update orders set billing_name = 'Ada Lovelace', billing_country = 'DE', billing_address = $2, tax_snapshot = $3 where id = $1",
    [
      order.id,
      { line1: 'Loom Street 1', postcode: '10115', city: 'Berlin' },
      { name: 'MwSt.', rateBasisPoints: 1900, parts: [], reverseCharge: false },
    ],
  );
  const { id } = await issue(order.id);
  await database.owner.query("update shop_settings set seller_name = 'Another', seller_tax_id = null");
  await database.owner.query("update users set name = 'Somebody' where id = $1", [order.buyer.id]);
  const { rows } = await database.owner.query('select net, tax, total, currency, snapshot from invoices where id = $1', [id]);
  expect(rows[0]).toMatchObject({
    net: 4201,
    tax: 799,
    total: 5000,
    snapshot: {
      seller: { name: 'The School', taxId: 'DE1' },
      buyer: { name: 'Ada Lovelace', address: ['Loom Street 1', '10115 Berlin'], country: 'DE' },
      taxes: [{ name: 'MwSt.', rateBasisPoints: 1900, amount: 799 }],
      lines: [
        { title: 'Looms', price: 4900, discount: 900, total: 4000 },
        { title: 'Algebra', quantity: 2, total: 1000 },
      ],
    },
  });
});

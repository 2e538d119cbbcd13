import { beforeAll, expect, test } from 'vitest';
import type { Person } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { aPaidOrder, aRefundOf, aSoldProduct, type OrderWish } from '../../../../tests/support/sold-order.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { postRefund } from '../books/post-refund.ts';
import { postSale } from '../books/post-sale.ts';
import { exportReport } from './export-report.ts';
import { linesBy, totalsIn } from './measures.ts';
import { reportPage } from './report-page.ts';

const database = testDatabase();
let admin: Person;
let productId: string;

const april = { from: '2026-04-01', to: '2026-04-30' };
const german: object = { country: 'DE', region: null, name: 'VAT', rateBasisPoints: 1900, reverseCharge: false };

beforeAll(async () => {
  admin = await aPerson(database, 'ADMIN');
  const teacher = await aPerson(database, 'INSTRUCTOR', { name: 'Tess Teacher' });
  productId = (await aSoldProduct(database, { instructorId: teacher.id })).productId;
  const items = [{ productId, price: 10_000, tax: 1900 }];
  const first = await sell('2026-04-01T00:00:00Z', { items, taxSnapshot: german });
  await sell('2026-04-30T23:59:59Z', { items, taxSnapshot: german });
  await sell('2026-04-15T12:00:00Z', {
    items: [{ productId, price: 5000 }],
    taxSnapshot: { ...german, country: 'FR', rateBasisPoints: 0, reverseCharge: true },
  });
  await sell('2026-04-15T12:00:00Z', { currency: 'JPY', items: [{ price: 3000 }] });
  await sell('2026-03-20T12:00:00Z', { items: [{ productId, price: 1000 }] });
  await sell('2026-05-01T00:00:00Z', { items: [{ productId, price: 77_700 }] });
  const refundId = await aRefundOf(database, first, 5950);
  await inTransaction(database.context(system, new Date('2026-04-20T00:00:00Z')), (ctx) => postRefund(ctx, { refundId }));
});

async function sell(at: string, wish: OrderWish) {
  const order = await aPaidOrder(database, { ...wish, completedAt: at });
  await inTransaction(database.context(system, new Date(at)), (ctx) => postSale(ctx, { orderId: order.id }));
  return order;
}

const report = (wish: Parameters<typeof reportPage>[1]) => reportPage(database.context(admin), wish);

test('a month has what was sold and given back in its days, each currency for itself, beside the month before', async () => {
  const { totals, compared } = await report(april);
  expect(compared).toEqual({ from: '2026-03-02', to: '2026-03-31' });
  expect(totals).toEqual([
    {
      now: { currency: 'EUR', orders: 3, sold: 28_800, refunded: 5950, tax: 2850, shared: 14_000, kept: 6000 },
      before: { currency: 'EUR', orders: 1, sold: 1000, refunded: 0, tax: 0, shared: 700, kept: 300 },
    },
    { now: { currency: 'JPY', orders: 1, sold: 3000, refunded: 0, tax: 0, shared: 2100, kept: 900 }, before: null },
  ]);
});

test('a tax return has each country and rate, with what was given back', async () => {
  const { lines } = await report({ ...april, by: 'taxes' });
  expect(lines.map(({ label, detail, currency, sold, refunded, tax }) => [label, detail, currency, sold, refunded, tax])).toEqual([
    ['DE', 'VAT · 19 %', 'EUR', 23_800, 5950, 2850],
    ['FR', 'VAT · 0 % · reverse charge', 'EUR', 5000, 0, 0],
    ['DE', '0 %', 'JPY', 3000, 0, 0],
  ]);
});

test('an order whose lines have different taxes is divided between them', async () => {
  const lines = [
    { name: 'VAT', rateBasisPoints: 700 },
    { name: 'VAT', rateBasisPoints: 1900 },
  ];
  const items = [
    { price: 1000, tax: 70 },
    { price: 2000, tax: 380 },
  ];
  await sell('2026-02-02T00:00:00Z', { items, taxSnapshot: { ...german, ...lines[0], lines } });
  const february = await report({ from: '2026-02-01', to: '2026-02-28', by: 'taxes' });
  expect(february.lines.map(({ detail, sold, tax }) => [detail, sold, tax])).toEqual([
    ['VAT · 19 %', 2380, 380],
    ['VAT · 7 %', 1070, 70],
  ]);
});

test('products, instructors, channels and days are divided without losing a cent', async () => {
  const sums = async (by: string) => {
    const { lines } = await report({ ...april, by });
    return lines
      .filter(({ currency }) => currency === 'EUR')
      .reduce((sum, { sold, shared, kept }) => [sum[0]! + sold, sum[1]! + shared, sum[2]! + kept], [0, 0, 0]);
  };
  expect(await sums('time')).toEqual([28_800, 14_000, 6000]);
  expect(await sums('products')).toEqual([28_800, 14_000, 6000]);
  expect(await sums('channels')).toEqual([28_800, 14_000, 6000]);
  expect(await sums('instructors')).toEqual([0, 14_000, 0]);
  expect((await report({ ...april, by: 'time' })).lines.map(({ label }) => label)).toEqual([
    '2026-04-30',
    '2026-04-20',
    '2026-04-15',
    '2026-04-15',
    '2026-04-01',
  ]);
  expect((await report({ ...april, by: 'instructors' })).lines[0]).toMatchObject({ label: 'Tess Teacher', shared: 14_000 });
});

test('reports are for admins alone, cost three queries, and read by the index of their days', async () => {
  await expect(reportPage(database.context(await aPerson(database, 'INSTRUCTOR')), {})).rejects.toMatchObject({ code: 'forbidden' });
  const teacher = database.context(await aPerson(database, 'INSTRUCTOR'));
  expect(() => exportReport(teacher, {})).toThrow('Only admins');
  expect(await statementsOf(() => report(april))).toHaveLength(3);
  await database.owner.query('set enable_seqscan = off');
  for (const { text } of [totalsIn, ...Object.values(linesBy)]) {
    const values = ["'2026-04-01'", "'2026-04-02'", '200'];
    const plan = await database.owner.query(`explain ${text.replace(/\$(\d)/g, (_, place) => values[Number(place) - 1]!)}`);
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/ledger_entries_(account_)?created_at_idx/);
  }
});

test('a report as a file has amounts as people write them', async () => {
  let text = '';
  for await (const piece of exportReport(database.context(admin), { ...april, by: 'channels' })) text += piece;
  expect(text.split('\r\n').slice(1, 3)).toEqual(['ORGANIC,,EUR,3,288.00,59.50,28.50,140.00,60.00', 'ORGANIC,,JPY,1,3000,0,0,2100,900']);
});

import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { system, testDatabase } from '../../../../tests/support/database.ts';
import { aPaidOrder, aRefundOf, aSoldProduct } from '../../../../tests/support/sold-order.ts';
import { statementsOf } from '../../../../tests/support/statements.ts';
import { postRefund } from '../books/post-refund.ts';
import { postSale } from '../books/post-sale.ts';
import { exportStatement } from '../statements/export-statement.ts';
import { statementPage } from '../statements/statement-page.ts';
import { exportPayouts } from './export-payouts.ts';
import { markPayoutPaid, returnPayout } from './follow-payout.ts';
import { makePayout } from './make-payout.ts';
import { payoutsPage } from './payouts-page.ts';

const database = testDatabase();
let admin: Person;
const now = new Date('2026-05-04T10:00:00Z');

beforeAll(async () => {
  admin = await aPerson(database, 'ADMIN');
});

const as = (actor: Person, at = now) => database.context(actor, at);

/** Sells a course of a teacher, of whose price the teacher gets 70 %. */
async function sell(teacherId: string, price: number, at = '2026-04-10T12:00:00Z', currency = 'EUR') {
  const { productId } = await aSoldProduct(database, { instructorId: teacherId, price, currency });
  const order = await aPaidOrder(database, { currency, items: [{ productId, price }] });
  await inTransaction(database.context(system, new Date(at)), (ctx) => postSale(ctx, { orderId: order.id }));
  return order;
}

async function giveBack(order: Awaited<ReturnType<typeof sell>>, amount: number, at: string) {
  const refundId = await aRefundOf(database, order, amount);
  await inTransaction(database.context(system, new Date(at)), (ctx) => postRefund(ctx, { refundId }));
}

const owedOf = async (personId: string, month = '2026-04') =>
  (await payoutsPage(as(admin), { month })).owed
    .filter((one) => one.personId === personId)
    .map(({ currency, amount }) => [currency, amount]);
const payoutOf = async (personId: string) => (await payoutsPage(as(admin), {})).payouts.find((one) => one.personId === personId)!;
const pay = (personId: string, amount: number, month = '2026-04', currency = 'EUR') =>
  makePayout(as(admin), { personId, currency, month, amount });

/** Sums by account of one payout, of what is not zero. */
async function booksOf(payoutId: string): Promise<Record<string, number>> {
  const { rows } = await database.owner.query<{ account: string; sum: number }>(
    'select account, sum(amount)::int as sum from ledger_entries where payout_id = $1 group by account having sum(amount) <> 0 order by 1',
    [payoutId],
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}

describe('a payout', () => {
  test('holds what was earned until the end of the month, in each currency, and what came later waits', async () => {
    const teacher = await aPerson(database, 'INSTRUCTOR');
    await sell(teacher.id, 10_000, '2026-03-31T23:59:59Z');
    await sell(teacher.id, 1000, '2026-04-30T23:59:59Z');
    await sell(teacher.id, 500, '2026-05-01T00:00:00Z');
    await sell(teacher.id, 3000, '2026-04-02T00:00:00Z', 'JPY');
    expect(await owedOf(teacher.id)).toEqual([
      ['EUR', 7700],
      ['JPY', 2100],
    ]);
    expect(await pay(teacher.id, 7700)).toBe('made');
    expect(await owedOf(teacher.id)).toEqual([['JPY', 2100]]);
    expect(await booksOf((await payoutOf(teacher.id)).id)).toEqual({ INSTRUCTOR: 7700, PAYOUTS: -7700 });
  });

  test('is made once, however many make it at the same moment', async () => {
    const teacher = await aPerson(database, 'INSTRUCTOR');
    await sell(teacher.id, 1000);
    const made = await Promise.all([1, 2, 3, 4].map(() => pay(teacher.id, 700)));
    expect(made.sort()).toEqual(['already', 'already', 'already', 'made']);
    expect(await pay(teacher.id, 700)).toBe('already');
  });

  test('of two months at the same moment takes no cent twice', async () => {
    const teacher = await aPerson(database, 'INSTRUCTOR');
    await sell(teacher.id, 1000, '2026-03-10T00:00:00Z');
    await Promise.all([pay(teacher.id, 700, '2026-03'), pay(teacher.id, 700, '2026-04')]);
    const { rows } = await database.owner.query('select sum(amount)::int as sum from payouts where instructor_id = $1', [teacher.id]);
    expect(rows).toEqual([{ sum: 700 }]);
  });

  test('does not go out where what is owed is no longer what was shown, or while the month runs', async () => {
    const teacher = await aPerson(database, 'INSTRUCTOR');
    const order = await sell(teacher.id, 1000);
    await giveBack(order, 100, '2026-04-20T00:00:00Z');
    await expect(pay(teacher.id, 700)).rejects.toMatchObject({ code: 'conflict' });
    await expect(pay(teacher.id, 630, '2026-05')).rejects.toMatchObject({ code: 'invalid' });
    expect(await pay(teacher.id, 630)).toBe('made');
  });

  test('is paid once under its reference, and the money leaves the school', async () => {
    const teacher = await aPerson(database, 'INSTRUCTOR');
    await sell(teacher.id, 1000);
    await pay(teacher.id, 700);
    const { id } = await payoutOf(teacher.id);
    await expect(markPayoutPaid(as(admin), { id, reference: ' ' })).rejects.toMatchObject({ code: 'invalid' });
    const paid = await Promise.all([1, 2].map(() => markPayoutPaid(as(admin), { id, reference: 'SEPA 7' })));
    expect(paid.sort()).toEqual(['already', 'paid']);
    expect(await payoutOf(teacher.id)).toMatchObject({ status: 'PAID', reference: 'SEPA 7', paidAt: now });
    expect(await booksOf(id)).toEqual({ CASH: -700, INSTRUCTOR: 700 });
    await expect(returnPayout(as(admin), { id, status: 'CANCELLED' })).rejects.toMatchObject({ code: 'conflict' });
  });

  test.each([false, true])('that did not arrive is put back and proposed again, said to be paid: %s', async (wasPaid) => {
    const teacher = await aPerson(database, 'INSTRUCTOR');
    await sell(teacher.id, 1000);
    await pay(teacher.id, 700);
    const { id } = await payoutOf(teacher.id);
    if (wasPaid) await markPayoutPaid(as(admin), { id, reference: 'SEPA 8' });
    const returned = await Promise.all([1, 2].map(() => returnPayout(as(admin), { id, status: 'FAILED' })));
    expect(returned.sort()).toEqual(['already', 'returned']);
    expect([await booksOf(id), await owedOf(teacher.id)]).toEqual([{}, [['EUR', 700]]]);
    await expect(markPayoutPaid(as(admin), { id, reference: 'SEPA 9' })).rejects.toMatchObject({ code: 'conflict' });
    expect(await pay(teacher.id, 700)).toBe('made');
  });

  test('carries over what was taken back after it', async () => {
    const teacher = await aPerson(database, 'INSTRUCTOR');
    const order = await sell(teacher.id, 1000, '2026-03-10T00:00:00Z');
    await pay(teacher.id, 700, '2026-03');
    await giveBack(order, 1000, '2026-04-02T00:00:00Z');
    expect(await owedOf(teacher.id)).toEqual([]);
    await sell(teacher.id, 1500, '2026-04-20T00:00:00Z');
    expect(await owedOf(teacher.id)).toEqual([['EUR', 350]]);
  });

  test('is for admins alone, and whoever sent a buyer is paid like who taught', async () => {
    const [teacher, friend] = [await aPerson(database, 'INSTRUCTOR'), await aPerson(database)];
    const { productId } = await aSoldProduct(database, { instructorId: teacher.id });
    const order = await aPaidOrder(database, { affiliateId: friend.id, items: [{ productId, price: 1000 }] });
    await inTransaction(database.context(system, new Date('2026-04-01')), (ctx) => postSale(ctx, { orderId: order.id }));
    await expect(makePayout(as(teacher), { personId: teacher.id, currency: 'EUR', month: '2026-04', amount: 500 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(payoutsPage(as(teacher), {})).rejects.toMatchObject({ code: 'forbidden' });
    expect(() => exportPayouts(as(teacher))).toThrow();
    expect(await pay(friend.id, 200)).toBe('made');
    expect(await booksOf((await payoutOf(friend.id)).id)).toEqual({ AFFILIATE: 200, PAYOUTS: -200 });
  });
});

test('the list of who is owed goes on where it ended', async () => {
  const all: string[] = [];
  for (let month = 0; month < 26; month += 1) await sell((await aPerson(database, 'INSTRUCTOR')).id, 1000);
  for (let from: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof payoutsPage>> = await payoutsPage(as(admin), { from });
    all.push(...page.owed.map(({ personId, currency }) => `${personId} ${currency}`));
    from = page.nextOwed;
    if (from === null) break;
  }
  expect(all.length).toBeGreaterThan(25);
  expect(new Set(all).size).toBe(all.length);
});

describe('a statement', () => {
  async function text(pieces: AsyncGenerator<string>): Promise<string> {
    let all = '';
    for await (const piece of pieces) all += piece;
    return all;
  }

  test('tells what was earned, taken back and paid out, month by month, and never who bought', async () => {
    const teacher = await aPerson(database, 'INSTRUCTOR');
    const order = await sell(teacher.id, 1000, '2026-03-10T00:00:00Z');
    await sell(teacher.id, 2000, '2026-04-10T00:00:00Z');
    await giveBack(order, 500, '2026-04-11T00:00:00Z');
    await pay(teacher.id, 1750);
    const page = await statementPage(as(teacher), {});
    expect(page.balances).toEqual([{ currency: 'EUR', amount: 0 }]);
    expect(page.months).toEqual([
      { month: '2026-05', currency: 'EUR', earned: 0, takenBack: 0, paidOut: 1750, balance: -1750 },
      { month: '2026-04', currency: 'EUR', earned: 1400, takenBack: 350, paidOut: 0, balance: 1050 },
      { month: '2026-03', currency: 'EUR', earned: 700, takenBack: 0, paidOut: 0, balance: 700 },
    ]);
    expect(page.entries.map(({ kind, amount, soldFor, channel }) => [kind, amount, soldFor, channel])).toEqual([
      ['payout', -1750, null, null],
      ['refund', -350, 1000, 'ORGANIC'],
      ['sale', 1400, 2000, 'ORGANIC'],
      ['sale', 700, 1000, 'ORGANIC'],
    ]);
    expect(page.entries.at(-1)?.orderNumber).toBe(order.number);
    expect(page.payouts).toMatchObject([{ month: '2026-04', amount: 1750, status: 'PENDING' }]);
    const { rows } = await database.owner.query<{ name: string }>('select name from users where id = $1', [order.buyerId]);
    await database.owner.query(`update users set name = 'Zacharias Buyer' where id = $1`, [order.buyerId]);
    expect([rows.length, JSON.stringify(await statementPage(as(teacher), {}))]).toEqual([1, expect.not.stringContaining('Zacharias')]);
    const april = await statementPage(as(teacher), { month: '2026-04' });
    expect(april.entries.map(({ amount }) => amount)).toEqual([-350, 1400]);
    expect((await text(exportStatement(as(teacher), { month: '2026-04' }))).split('\r\n')).toHaveLength(4);
  });

  test('is each person’s own, costs three queries however long it is, and goes on where it ended', async () => {
    const [teacher, other] = [await aPerson(database, 'INSTRUCTOR'), await aPerson(database, 'INSTRUCTOR')];
    for (let day = 1; day <= 26; day += 1) {
      await sell(teacher.id, 1000 + day, '2026-04-10T00:00:00Z');
      await sell(teacher.id, 2000 + day, '2026-04-11T00:00:00Z');
    }
    const first = await statementPage(as(teacher), {});
    const rest = await statementPage(as(teacher), { before: first.older });
    expect([first.entries.length, rest.entries.length, rest.older]).toEqual([50, 2, null]);
    expect(new Set([...first.entries, ...rest.entries].map(({ id }) => id)).size).toBe(52);
    expect((await statementsOf(() => statementPage(as(teacher), {}))).length).toBe(3);
    expect((await statementPage(as(other), {})).entries).toEqual([]);
  });

  test('payouts as a file have one line each, which no spreadsheet runs', async () => {
    const teacher = await aPerson(database, 'INSTRUCTOR', { name: '=HYPERLINK("x")' });
    await sell(teacher.id, 12_345, '2026-04-10T00:00:00Z', 'JPY');
    await pay(teacher.id, 8642, '2026-04', 'JPY');
    const lines = (await text(exportPayouts(as(admin)))).split('\r\n');
    expect(lines[1]).toContain(`"'=HYPERLINK(""x"")"`);
    expect(lines[1]).toContain(',JPY,8642,pending,');
    expect(await statementsOf(() => payoutsPage(as(admin), {}))).toHaveLength(2);
  });
});

import { beforeAll, expect, test } from 'vitest';
import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { testProcess } from '../../../../tests/support/process.ts';
import { findCoupon } from './find-coupon.ts';
import { redeemCoupon, releaseCoupon, setRedemptionAmount } from './redeem-coupon.ts';

const database = testDatabase({ poolSize: 20 });
testProcess(database);
let buyers: string[];
beforeAll(async () => {
  buyers = (await Promise.all(Array.from({ length: 4 }, () => aPerson(database)))).map(({ id }) => id);
});

const aCoupon = async (columns: { maxUses?: number; maxUsesPerUser?: number } = {}) => {
  const code = `C-${newId().slice(-12)}`;
  await database.owner.query(
    `insert into coupons (id, code, type, value, created_by_id, max_uses, max_uses_per_user, starts_at) values ($1, $2, 'PERCENTAGE', 10, $3, $4, $5, '2026-01-01')`,
    [newId(), code, buyers[0], columns.maxUses, columns.maxUsesPerUser],
  );
  return code;
};
const order = (ctx: Context, orderId: string, userId: string) =>
  ctx.db.prisma.order.create({
    data: { id: orderId, orderNumber: orderId, userId, currency: 'USD', originalAmount: 1000, subtotal: 1000, total: 1000 },
  });

/** An order that uses the coupon as a checkout does: coupon first, the order's row after it; nothing of it stays where the coupon does not apply. */
async function use(code: string, userId: string, orderId: string = newId()): Promise<string> {
  return inTransaction(database.context(system), async (ctx) => {
    const lines = [{ productId: newId(), ownerId: newId(), amount: 1000 }];
    const outcome = await redeemCoupon(ctx, { code, userId, orderId, currency: 'USD', lines });
    if (outcome.kind === 'refused') return outcome.reason;
    await order(ctx, orderId, userId);
    await setRedemptionAmount(ctx, { orderId, amount: 100 });
    return outcome.kind;
  });
}
const release = (orderId: string) => inTransaction(database.context(system), (ctx) => releaseCoupon(ctx, { orderId }));
const countsOf = async (code: string) => {
  const { rows } = await database.owner.query(
    `select used_count as used, (select count(*)::int from coupon_redemptions r where r.coupon_id = c.id and released_at is null) as kept from coupons c where code = $1`,
    [code],
  );
  return rows[0];
};
const tally = (outcomes: string[]) =>
  Object.fromEntries([...new Set(outcomes)].sort().map((kind) => [kind, outcomes.filter((outcome) => outcome === kind).length]));

const warm = () => Promise.all(Array.from({ length: 20 }, () => database.connections.pool.query('select pg_sleep(0.05)')));

test.each([1, 2, 3])('200 uses at once of a coupon with 50 left are exactly 50 (time %i)', async () => {
  const code = await aCoupon({ maxUses: 60 });
  for (let before = 0; before < 10; before += 1) await use(code, buyers[0]!);
  await warm();
  const outcomes = await Promise.all(Array.from({ length: 200 }, (_, index) => use(code, buyers[index % buyers.length]!)));
  expect(tally(outcomes)).toEqual({ redeemed: 50, 'used-up': 150 });
  expect(await countsOf(code)).toEqual({ used: 60, kept: 60 });
});

test.each([1, 2, 3])('a person who presses often at once uses a coupon as often as one person may (time %i)', async () => {
  const code = await aCoupon({ maxUsesPerUser: 2 });
  await warm();
  const outcomes = await Promise.all(Array.from({ length: 40 }, (_, index) => use(code, buyers[index % 4]!)));
  expect(tally(outcomes)).toEqual({ redeemed: 8, 'used-by-you': 32 });
});

test('an order that gives up frees the coupon once, however often it is said and whoever takes the use next', async () => {
  const code = await aCoupon({ maxUses: 1, maxUsesPerUser: 1 });
  const [first, second] = [newId(), newId()];
  expect(await use(code, buyers[0]!, first)).toBe('redeemed');
  expect(await use(code, buyers[0]!)).toBe('used-by-you');
  expect(await use(code, buyers[1]!)).toBe('used-up');
  await Promise.all([release(first), release(first), release(first)]);
  expect(await countsOf(code)).toEqual({ used: 0, kept: 0 });
  expect(await use(code, buyers[0]!, second)).toBe('redeemed');
  await release(first);
  expect(await countsOf(code)).toEqual({ used: 1, kept: 1 });
});

test('a use without an order is none, and an order uses one coupon once', async () => {
  const code = await aCoupon({ maxUses: 5 });
  const lines = [{ productId: newId(), ownerId: newId(), amount: 1000 }];
  const alone = inTransaction(database.context(system), (ctx) =>
    redeemCoupon(ctx, { code, userId: buyers[0]!, orderId: newId(), currency: 'USD', lines }),
  );
  await expect(alone).rejects.toThrow();
  const orderId = newId();
  await use(code, buyers[0]!, orderId);
  await expect(use(code, buyers[0]!, orderId)).rejects.toThrow();
  expect(await countsOf(code)).toEqual({ used: 1, kept: 1 });
  expect(await use('no-such-code', buyers[0]!)).toBe('unknown');
});

test('a code is found whatever its case, with how often the person has used it', async () => {
  const code = await aCoupon();
  await use(code, buyers[2]!);
  const found = await findCoupon(database.context(), { code: ` ${code.toLowerCase()} `, userId: buyers[2]! });
  expect(found).toMatchObject({ usesByPerson: 1, coupon: { code, usedCount: 1, productIds: [] } });
  expect(await findCoupon(database.context(), { code, userId: null })).toMatchObject({ usesByPerson: 0 });
  expect(await findCoupon(database.context(), { code: 'not a code', userId: null })).toBeNull();
});

test('who guesses codes is stopped, also at a code that is right; codes that are right never add up', async () => {
  const code = await aCoupon();
  const ctx = (address: string) => ({ ...database.context(), address });
  for (let time = 0; time < 40; time += 1) expect(await findCoupon(ctx('203.0.113.7'), { code, userId: null })).not.toBeNull();
  for (let time = 0; time < 30; time += 1) expect(await findCoupon(ctx('203.0.113.7'), { code: `guess-${time}`, userId: null })).toBeNull();
  await expect(findCoupon(ctx('203.0.113.7'), { code, userId: null })).rejects.toMatchObject({ code: 'too-many' });
  expect(await findCoupon(ctx('198.51.100.7'), { code, userId: null })).not.toBeNull();
});

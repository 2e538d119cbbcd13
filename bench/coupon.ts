import { redeemCoupon } from '#features/commerce/coupons/redeem-coupon.ts';
import { system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { newId } from '#platform/ids.ts';
import { systemContext } from '#platform/runtime.server.ts';
import { repeat } from './load.ts';
import type { Row } from './row.ts';
import type { BenchSchool } from './school.ts';
import { dealing, waitingOrders } from './sold-orders.ts';

const perSecondAtMost = 2500;
const rounds = 5;

/** One coupon that everybody uses at once, judged under its lock, against `pg` counting on one row and writing the use: no more than one at a time, either. */
export async function coupon(school: BenchSchool, seconds: number): Promise<Row[]> {
  const size = Math.ceil((seconds + 2) * perSecondAtMost);
  const [next, nextBare] = [dealing(await waitingOrders(school.bare, size)), dealing(await waitingOrders(school.bare, size))];
  const [code, floorId] = ['BENCH', newId()];
  const make = `insert into coupons (id, code, type, value, created_by_id) select $1, $2, 'PERCENTAGE', 10, id from users where role = 'ADMIN' limit 1`;
  await school.bare.query(make, [newId(), code]);
  await school.bare.query(make, [floorId, 'FLOOR']);
  const use = () => {
    const { orderId, buyerId, productId, sellerId } = next();
    const lines = [{ productId, ownerId: sellerId, amount: 4900 }];
    return inTransaction({ ...systemContext(), actor: system }, async (ctx) => {
      const used = await redeemCoupon(ctx, { code, userId: buyerId, orderId, currency: 'USD', lines: lines as never });
      if (used.kind !== 'redeemed') throw new Error(`The coupon was refused: ${used.reason}`);
    });
  };
  const bare = async () => {
    const { orderId, buyerId } = nextBare();
    await school.bare.query({
      name: 'coupon_floor',
      text: `with counted as (update coupons set used_count = used_count + 1 where id = $1 returning id)
             insert into coupon_redemptions (id, coupon_id, user_id, order_id, amount, currency) select $2, id, $3, $4, 0, 'USD' from counted`,
      values: [floorId, newId(), buyerId, orderId],
    });
  };
  for (const warm of [use, bare]) await repeat(warm, 1);
  let perSecond = 0;
  let floorPerSecond = 0;
  for (let round = 0; round < rounds; round += 1) {
    floorPerSecond += (await repeat(bare, seconds / rounds)) / rounds;
    perSecond += (await repeat(use, seconds / rounds)) / rounds;
  }
  return [{ what: 'coupon under contention', perSecond, floor: 'write floor', floorPerSecond }];
}

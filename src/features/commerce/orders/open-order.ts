import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { PricedLine } from '../products/priced-lines.ts';

const waitingWith = statement<{ number: string }, [buyerId: string, productIds: string[], moment: string]>(
  `select o.order_number as number from orders o
    where o.user_id = $1::uuid and o.status in ('PENDING', 'PROCESSING') and (o.expires_at is null or o.expires_at > $3::timestamptz)
      and exists (select from order_items i where i.order_id = o.id and i.product_id = any ($2::uuid[]) and not i.is_gift and i.quantity = 1)
    order by o.id desc limit 1`,
);

/** The number of an order of theirs that waits for its money and buys one of these for the buyer themself; gifts and seats may be bought as often as one likes. */
export async function openOrderWith(ctx: Context, buyerId: string, lines: readonly PricedLine[]): Promise<string | undefined> {
  const own = lines.filter(({ isGift, quantity }) => !isGift && quantity === 1).map(({ productId }) => productId);
  if (own.length === 0) return undefined;
  const [open] = await ctx.db.sql(waitingWith, buyerId, own, ctx.now.toISOString());
  return open?.number;
}

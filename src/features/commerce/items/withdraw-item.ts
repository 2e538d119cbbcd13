import { revokeAccess } from '#features/learning/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { withdrawMembership } from '../memberships/withdraw-membership.ts';

const membershipOf = statement<{ subscriptionId: string }, [orderItemId: string]>(
  `select o.subscription_id as "subscriptionId" from order_items i join orders o on o.id = i.order_id join products p on p.id = i.product_id
    where i.id = $1::uuid and p.type = 'MEMBERSHIP' and o.subscription_id is not null`,
);

const revokeGift = statement<unknown, [orderItemId: string, moment: string]>(
  'update gifts set revoked_at = coalesce(revoked_at, $2::timestamptz), updated_at = $2::timestamptz where order_item_id = $1::uuid',
);

const freeSeats = statement<unknown, [orderItemId: string]>('delete from team_seats where order_item_id = $1::uuid');

/**
 * Takes back all that an item gave, because its money was given back: the buyer's access, a gift whether redeemed or not, every seat of a team, and the membership that the
 * order began or renewed. In the transaction of the refund, after the item says so. Done twice, it is done.
 */
export async function withdrawItem(ctx: Context, { orderItemId, reason }: { orderItemId: string; reason: string }): Promise<void> {
  await revokeAccess(ctx, { orderItemId, reason });
  await ctx.db.sql(revokeGift, orderItemId, ctx.now.toISOString());
  await ctx.db.sql(freeSeats, orderItemId);
  const [membership] = await ctx.db.sql(membershipOf, orderItemId);
  if (membership) await withdrawMembership(ctx, { id: membership.subscriptionId, reason });
}

import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { requireCartOwner } from './cart-owner.ts';

const remove = statement<unknown, [person: string, productIds: string[]]>(
  'delete from cart_items where user_id = $1::uuid and product_id = any($2::uuid[])',
);

/** Takes something out of the acting person's cart. What is gone already stays gone. */
export async function removeFromCart(ctx: Context, input: { productId: string }): Promise<void> {
  const person = requireCartOwner(ctx);
  await inTransaction(ctx, (ctx) => ctx.db.sql(remove, person.id, [input.productId].filter(isId)));
}

/** Takes what was ordered out of a buyer's cart, within the order's transaction, which acts as the school. */
export async function emptyCart(ctx: Context, input: { userId: string; productIds: readonly string[] }): Promise<void> {
  await inTransaction(ctx, (ctx) => ctx.db.sql(remove, input.userId, [...input.productIds]));
}

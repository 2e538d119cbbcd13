import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { type AddedToCart, cartItem, cartProduct, isOwned } from './cart-item.ts';
import { mostInCart, requireCartOwner } from './cart-owner.ts';

type Values = [id: string, person: string, productId: string, quantity: number, isGift: boolean, moment: string, saysHow: boolean];

// What lies there stays as it is, unless it was said how it is wanted.
const put = statement<unknown, Values>(
  `insert into cart_items (id, user_id, product_id, quantity, is_gift, created_at, updated_at) values ($1, $2, $3, $4, $5, $6::timestamptz, $6::timestamptz)
   on conflict (user_id, product_id) do update set quantity = excluded.quantity, is_gift = excluded.is_gift, updated_at = excluded.updated_at where $7`,
);
const others = statement<{ count: number }, [person: string, productId: string]>(
  'select count(*)::int as count from cart_items where user_id = $1::uuid and product_id <> $2::uuid',
);

/** Puts something that is sold into the acting person's cart, or says anew how they want it. What they own comes in as a gift or for a team only. */
export async function addToCart(ctx: Context, input: { productId: string; quantity?: number; isGift?: boolean }): Promise<AddedToCart> {
  const person = requireCartOwner(ctx);
  const { productId, quantity, isGift } = parseInput(cartItem, { quantity: 1, isGift: false, ...input });
  if (isGift && quantity > 1) throw oneGift();
  return inTransaction(ctx, async (ctx): Promise<AddedToCart> => {
    const row = await cartProduct(ctx, { productId, buyerId: person.id });
    if (isOwned(row, { quantity, isGift })) return { kind: 'owned' };
    const [there] = await ctx.db.sql(others, person.id, productId);
    if (there && there.count >= mostInCart)
      throw new AppError('conflict', `A cart has room for ${mostInCart} things. Buy some of them first, or take one out.`);
    const saysHow = input.quantity !== undefined || input.isGift !== undefined;
    await ctx.db.sql(put, newId(), person.id, productId, quantity, isGift, ctx.now.toISOString(), saysHow);
    return { kind: 'added' };
  });
}

function oneGift(): AppError {
  const word = 'A gift is for one person. For several people, buy seats for a team.';
  return new AppError('invalid', word, { fields: { quantity: word } });
}

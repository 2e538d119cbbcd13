import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId, newId } from '#platform/ids.ts';
import { mayFillCart } from '../policy.ts';
import { isSold } from '../products/product-rows.ts';
import { cartProduct } from './cart-item.ts';
import { mostInCart } from './cart-owner.ts';

/** As many as a cookie has room for with ease. */
const mostInGuestCart = 20;

/** The ids of products that a browser's cookie names. What means nothing is left out, as anybody may write a cookie. */
export function guestCartFrom(cookie: string | undefined): string[] {
  const ids = (cookie ?? '').slice(0, mostInGuestCart * 37).split('.');
  return [...new Set(ids)].filter(isId).slice(0, mostInGuestCart);
}

/** The same ids as a cookie keeps them. */
export function guestCartText(productIds: readonly string[]): string {
  return productIds.join('.');
}

/** What a guest's cart holds once something that is sold is put into it. */
export async function addToGuestCart(ctx: Context, input: { productId: string; productIds: readonly string[] }): Promise<string[]> {
  const { productId } = await cartProduct(ctx, { productId: input.productId, buyerId: null });
  const productIds = [...new Set([...input.productIds, productId])];
  if (productIds.length > mostInGuestCart)
    throw new AppError(
      'conflict',
      `A cart has room for ${mostInGuestCart} things before you sign in. Take one out, and there is room again.`,
    );
  return productIds;
}

// What lies in the cart already stays as it is, so that taking it twice changes nothing.
const take = statement<unknown, [person: string, ids: string[], productIds: string[], moment: string]>(
  `insert into cart_items (id, user_id, product_id, created_at, updated_at)
   select wanted.id, $1::uuid, p.id, $4::timestamptz, $4::timestamptz
     from unnest($2::uuid[], $3::uuid[]) as wanted (id, product_id) join products p on p.id = wanted.product_id
    where p.type <> 'MEMBERSHIP' and ${isSold}
    order by wanted.id limit greatest(0, ${mostInCart} - (select count(*) from cart_items where user_id = $1::uuid))
   on conflict (user_id, product_id) do nothing`,
);

/** Puts what somebody chose before they signed in into their own cart. Taken twice, it is there once. */
export async function takeGuestCart(ctx: Context, input: { productIds: readonly string[] }): Promise<void> {
  const { actor } = ctx;
  const productIds = input.productIds.filter(isId);
  if (actor.kind !== 'person' || !mayFillCart(actor) || productIds.length === 0) return;
  const ids = productIds.map(() => newId());
  await inTransaction(ctx, (ctx) => ctx.db.sql(take, actor.id, ids, productIds, ctx.now.toISOString()));
}

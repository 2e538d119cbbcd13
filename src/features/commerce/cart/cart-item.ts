import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { ownsAll } from '../products/priced-lines.ts';
import { type ProductRow, productRows } from '../products/product-rows.ts';
import { mostSeats } from './cart-owner.ts';

/** How many seats, or whether it is a present: one present is for one person. */
export const cartItem = z.object({
  productId: z.string().refine(isId, 'There is no such thing.'),
  quantity: z.int('Whole seats.').min(1, 'At least one.').max(mostSeats, `${mostSeats} at the most. Write to the school for more.`),
  isGift: z.boolean(),
});

/** What came of putting something into a cart. `owned`: they have it already; as a gift or for a team it could be. */
export type AddedToCart = { kind: 'added' | 'owned' };

/** The product as it may lie in a cart, or the refusal. Memberships are begun by themselves: they are paid month by month. */
export async function cartProduct(ctx: Context, input: { productId: string; buyerId: string | null }): Promise<ProductRow> {
  const ids = isId(input.productId) ? [input.productId] : [];
  const [row] = await asActor(ctx, (run) => productRows(run, { ids, buyerId: input.buyerId, now: ctx.now }));
  if (!row?.isSold || row.prices.length === 0) throw new AppError('not-found', 'This is not for sale.');
  if (row.type === 'MEMBERSHIP') throw new AppError('conflict', 'A membership is begun by itself, not out of a cart.');
  return row;
}

/** Whether somebody would buy what they have. */
export function isOwned(row: ProductRow, { quantity, isGift }: { quantity: number; isGift: boolean }): boolean {
  return ownsAll(row) && quantity === 1 && !isGift;
}

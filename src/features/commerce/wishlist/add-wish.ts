import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { mostWishes, requireWisher } from './wisher.ts';

const offered = statement<{ productId: string }, [slug: string]>(
  `select product_of_course(id) as "productId" from courses where slug = $1 and status = 'PUBLISHED'`,
);

const wishes = statement<{ count: number }, [person: string]>('select count(*)::int as count from wishlist_items where user_id = $1::uuid');

const keep = statement<unknown, [id: string, person: string, productId: string, moment: string]>(
  `insert into wishlist_items (id, user_id, product_id, created_at, updated_at) values ($1, $2, $3, $4::timestamptz, $4::timestamptz)
   on conflict (user_id, product_id) do nothing`,
);

/** Puts a published course on the acting person's wishlist. One that is there already stays where it is. */
export async function addWish(ctx: Context, input: { slug: string }): Promise<void> {
  const person = requireWisher(ctx);
  await inTransaction(ctx, async (ctx) => {
    const [product] = await ctx.db.sql(offered, input.slug);
    if (!product) throw new AppError('not-found', 'There is no such course.');
    const [known] = await ctx.db.sql(wishes, person.id);
    if (known && known.count >= mostWishes)
      throw new AppError('conflict', `A wishlist has room for ${mostWishes} courses. Take one off yours, and there is room again.`);
    await ctx.db.sql(keep, newId(), person.id, product.productId, ctx.now.toISOString());
  });
}

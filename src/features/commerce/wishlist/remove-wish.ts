import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { requireWisher } from './wisher.ts';

const remove = statement<unknown, [person: string, slug: string]>(
  `delete from wishlist_items
    where user_id = $1::uuid and product_id = (select p.id from products p join courses c on c.id = p.course_id where c.slug = $2)`,
);

/** Takes a course off the acting person's wishlist. One that is gone already stays gone. */
export async function removeWish(ctx: Context, input: { slug: string }): Promise<void> {
  const person = requireWisher(ctx);
  await inTransaction(ctx, (ctx) => ctx.db.sql(remove, person.id, input.slug));
}

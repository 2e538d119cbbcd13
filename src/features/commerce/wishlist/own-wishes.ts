import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { mayWish } from '../policy.ts';
import { mostWishes } from './wisher.ts';

const wished = statement<{ slug: string }, [person: string]>(
  `select c.slug from wishlist_items w join products p on p.id = w.product_id join courses c on c.id = p.course_id
    where w.user_id = $1::uuid order by w.id desc limit ${mostWishes}`,
);

/** The slugs of the courses on the actor's wishlist, for the hearts of a page; null for who keeps none, at no cost. */
export async function ownWishes(ctx: Context): Promise<string[] | null> {
  const { actor } = ctx;
  if (actor.kind !== 'person' || !mayWish(actor)) return null;
  return (await asActor(ctx, (sql) => sql(wished, actor.id))).map(({ slug }) => slug);
}

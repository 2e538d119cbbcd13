import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { mayWish } from '../policy.ts';
import { mostWishes } from '../wishlist/wisher.ts';
import { mostInCart } from './cart-owner.ts';

/** What a page marks as the viewer's. */
export interface OwnMarks {
  /** The slugs of the courses on their wishlist; null for who keeps none. */
  wishes: string[] | null;
  /** The ids of the products in their cart. */
  inCart: string[];
}

const marksOf = statement<OwnMarks, [person: string]>(`
  select array(select c.slug from wishlist_items w join products p on p.id = w.product_id join courses c on c.id = p.course_id
                where w.user_id = $1::uuid order by w.id desc limit ${mostWishes}) as wishes,
         array(select product_id from cart_items where user_id = $1::uuid limit ${mostInCart}) as "inCart"`);

/** What the acting person wished for and put into their cart, in one query; nothing for a guest, at no cost. */
export async function ownMarks(ctx: Context): Promise<OwnMarks> {
  const { actor } = ctx;
  const nothing: OwnMarks = { wishes: null, inCart: [] };
  if (actor.kind !== 'person' || !mayWish(actor)) return nothing;
  const [marks] = await asActor(ctx, (run) => run(marksOf, actor.id));
  return marks ?? nothing;
}

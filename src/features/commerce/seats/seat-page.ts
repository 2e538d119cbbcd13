import { type Context, system } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isGood } from '../items/bought-item.ts';
import { keptToken } from './token.ts';

/** An invitation to a seat, as whoever has its link sees it. */
export interface SeatPage {
  title: string;
  /** Who gives the seat. */
  from: string;
  courses: { slug: string; title: string }[];
  state: 'open' | 'yours' | 'gone';
}

interface Row extends Omit<SeatPage, 'state'> {
  isOpen: boolean;
  acceptedById: string | null;
}

const byToken = statement<Row, [token: string]>(
  `select i.title, u.name as "from", ${isGood} as "isOpen", s.accepted_by_id as "acceptedById",
          coalesce((select json_agg(json_build_object('slug', c.slug, 'title', c.title) order by t.place)
                      from jsonb_array_elements(i.product_snapshot -> 'courses') with ordinality as t (known, place)
                      join courses c on c.id = (t.known ->> 'id')::uuid), '[]') as courses
     from team_seats s join order_items i on i.id = s.order_item_id join orders o on o.id = i.order_id join people u on u.id = o.user_id
    where s.token = $1`,
);

/** The invitation of a link. One query. */
export async function seatPage(ctx: Context, input: { token: string }): Promise<SeatPage> {
  // Whoever has the link may see it: it is its own key, of 192 bits, and row-level security knows only buyer and owner.
  const [found] = await asActor({ ...ctx, actor: system }, (sql) => sql(byToken, keptToken(input.token)));
  if (!found) throw new AppError('not-found', 'This invitation is not there any more. Ask who invited you for a new one.');
  const { isOpen, acceptedById, ...seat } = found;
  const isMine = ctx.actor.kind === 'person' && acceptedById === ctx.actor.id;
  return { ...seat, state: isOpen && isMine ? 'yours' : isOpen && !acceptedById ? 'open' : 'gone' };
}

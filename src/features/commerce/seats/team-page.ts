import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isGood } from '../items/bought-item.ts';

/** The seats of an order, for who bought them. */
export interface TeamPage {
  orderNumber: string;
  teams: Team[];
}

/** An order item of several seats, and who sits on them. */
export interface Team {
  itemId: string;
  title: string;
  quantity: number;
  /** Whether seats can be given: not after the money was given back. */
  isOpen: boolean;
  seats: { id: string; email: string; name: string | null; imageUrl: string | null }[];
  /** Whether the buyer sits on one. */
  hasOwn: boolean;
}

interface Row extends Omit<Team, 'hasOwn'> {
  seats: (Team['seats'][number] & { userId: string | null })[];
}

// A purchase has a thousand seats at the most, and a page shows them all.
const teamsOf = statement<Row, [orderNumber: string, person: string]>(
  `select i.id as "itemId", i.title, i.quantity, ${isGood} as "isOpen",
          coalesce((select json_agg(json_build_object('id', s.id, 'email', s.email, 'userId', s.accepted_by_id, 'name', u.name, 'imageUrl', u.image)
                                    order by s.accepted_at nulls last, s.number)
                      from team_seats s left join people u on u.id = s.accepted_by_id where s.order_item_id = i.id), '[]') as seats
     from order_items i join orders o on o.id = i.order_id
    where o.order_number = $1 and o.user_id = $2::uuid and i.quantity > 1 and o.status in ('COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED')
    order by i.id`,
);

/** The seats that the acting person bought with an order. One query. */
export async function teamPage(ctx: Context, input: { orderNumber: string }): Promise<TeamPage> {
  const { id } = requirePerson(ctx);
  const rows = await asActor(ctx, (sql) => sql(teamsOf, input.orderNumber, id));
  if (rows.length === 0) throw new AppError('not-found', 'There are no seats of a team in an order of yours with this number.');
  return {
    orderNumber: input.orderNumber,
    teams: rows.map(({ seats, ...team }) => ({
      ...team,
      seats: seats.map(({ userId: _, ...seat }) => seat),
      hasOwn: seats.some(({ userId }) => userId === id),
    })),
  };
}

import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import type { OrderStatus } from './order-status.ts';

/** An order in its buyer's list. */
export interface OwnOrderLine {
  id: string;
  number: string;
  status: OrderStatus;
  placedAt: Date;
  total: number;
  refunded: number;
  currency: string;
  titles: string[];
}

/** A part of somebody's orders, the newest first. */
export interface OrdersPage {
  orders: OwnOrderLine[];
  isFirstPage: boolean;
  /** Where the next part begins. */
  next: string | null;
}

const perPage = 15;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Ids are UUIDv7: their order is the order of time. One more than a page shows says whether there is a next one.
const ordersBefore = statement<OwnOrderLine, [person: string, before: string]>(
  `select o.id, o.order_number as number, o.status, o.created_at as "placedAt", o.total, o.currency, i.titles, i.refunded
     from orders o
     left join lateral (select array_agg(i.title order by i.id) as titles, sum(i.refunded_amount)::int as refunded from order_items i where i.order_id = o.id) i on true
    where o.user_id = $1::uuid and o.id < $2::uuid order by o.id desc limit ${perPage + 1}`,
);

/** The orders of the acting person. One query. */
export async function ordersPage(ctx: Context, input: { before?: string | null }): Promise<OrdersPage> {
  const person = requirePerson(ctx);
  const before = input.before && isId(input.before) ? input.before : null;
  const rows = await asActor(ctx, (sql) => sql(ordersBefore, person.id, before ?? lastId));
  const orders = rows.slice(0, perPage);
  return { orders, isFirstPage: before === null, next: rows.length > perPage ? (orders.at(-1)?.id ?? null) : null };
}

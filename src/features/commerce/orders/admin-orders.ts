import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import type { OrderStatus } from './order-status.ts';
import { requireShopKeeper } from './shop-keeper.ts';

/** An order in the list that admins look through. */
export interface OrderLine {
  id: string;
  number: string;
  status: OrderStatus;
  placedAt: Date;
  total: number;
  currency: string;
  buyer: { name: string; email: string };
  titles: string[];
  /** Whether something about it waits for a person to look at it. */
  hasAlarm: boolean;
}

/** What an admin looks for; what means nothing is left out, as an address may be old. */
export interface OrderFilter {
  search: string;
  status: OrderStatus | null;
}

/** One page of the orders, newest first. `next` is where the next page begins. */
export interface AdminOrdersPage {
  orders: OrderLine[];
  filter: OrderFilter;
  isFirstPage: boolean;
  next: string | null;
}

const statuses = z.enum(['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED', 'REFUNDED', 'PARTIALLY_REFUNDED']);
const pageSize = 25;
const mostWords = 6;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** The orders that an admin looks for: by number, by who bought, by the name on the bill. Nothing is counted, and a page costs the same wherever it stands. */
export async function adminOrders(
  ctx: Context,
  input: { search?: string | null; status?: string | null; from?: string | null },
): Promise<AdminOrdersPage> {
  requireShopKeeper(ctx);
  const filter: OrderFilter = {
    search: (input.search ?? '')
      .replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 100),
    status: statuses.safeParse(input.status?.toUpperCase()).data ?? null,
  };
  const from = input.from && isId(input.from) ? input.from : null;
  const { list, values } = listOf(filter, from ?? lastId);
  const rows = await asActor(ctx, (sql) => sql(list, ...values));
  const orders = rows.slice(0, pageSize);
  return { orders, filter, isFirstPage: from === null, next: rows.length > pageSize ? (orders.at(-1)?.id ?? null) : null };
}

function listOf({ search, status }: OrderFilter, from: string) {
  const values: string[] = [from];
  const value = (text: string) => `search_text($${values.push(`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`)})`;
  const conditions = search
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, mostWords)
    .map((word) => {
      const pattern = value(word);
      return `(search_text(o.order_number || ' ' || coalesce(o.billing_name, '')) like ${pattern}
               or o.user_id in (select p.id from people_in_full p where person_search_text(p.name, p.email, p.username) like ${pattern}))`;
    });
  // A state is one of a few words that stand in this file, and so it may stand in the text.
  if (status) conditions.push(`o.status = '${status}'`);
  const list = statement<OrderLine, string[]>(
    `select o.id, o.order_number as number, o.status, o.created_at as "placedAt", o.total, o.currency,
            json_build_object('name', u.name, 'email', u.email) as buyer,
            array(select i.title from order_items i where i.order_id = o.id order by i.id) as titles,
            exists (select from shop_alarms a where a.order_id = o.id and a.resolved_at is null) as "hasAlarm"
       from orders o join people_in_full u on u.id = o.user_id
      where o.id < $1::uuid ${conditions.map((condition) => `and ${condition}`).join(' ')}
      order by o.id desc limit ${pageSize + 1}`,
  );
  return { list, values };
}

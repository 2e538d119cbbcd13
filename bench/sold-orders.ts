import type pg from 'pg';
import { newId } from '#platform/ids.ts';

/** An order that waits for its payment, each of another buyer. */
export interface WaitingOrder {
  orderId: string;
  itemId: string;
  productId: string;
  courseId: string;
  sellerId: string;
  buyerId: string;
  paymentId: string;
  sessionId: string;
}

const amount = 4900;

/** Puts orders that wait for their payment into the school, spread over its courses as a shop's are. */
export async function waitingOrders(pool: pg.Pool, count: number): Promise<WaitingOrder[]> {
  const { rows: products } = await pool.query<{ id: string; courseId: string; sellerId: string; snapshot: object }>(`
    insert into products (id, type, owner_id, course_id, name, slug)
    select gen_random_uuid(), 'COURSE', c.instructor_id, c.id, c.title, c.slug from courses c where c.status = 'PUBLISHED'
    on conflict (course_id) do update set name = excluded.name
    returning id, course_id as "courseId", owner_id as "sellerId", (
      select jsonb_build_object('type', 'COURSE', 'title', c.title, 'slug', c.slug, 'ownerId', c.instructor_id, 'courses',
               jsonb_build_array(jsonb_build_object('id', c.id, 'slug', c.slug, 'title', c.title, 'ownerId', c.instructor_id, 'listPrice', ${amount})))
        from courses c where c.id = course_id) as snapshot`);
  const orders = Array.from({ length: count }, (_, index): WaitingOrder & { snapshot: object } => {
    const { id, courseId, sellerId, snapshot } = products[index % products.length]!;
    const [orderId, itemId, buyerId, paymentId] = [newId(), newId(), newId(), newId()];
    return { orderId, itemId, buyerId, paymentId, productId: id, courseId, sellerId, sessionId: `bench ${orderId}`, snapshot };
  });
  const listed = `json_to_recordset($1::json) as r ("orderId" uuid, "itemId" uuid, "buyerId" uuid, "paymentId" uuid, "productId" uuid, "sessionId" text, snapshot jsonb)`;
  for (const text of [
    `insert into users (id, name, email, email_verified) select "buyerId", 'Buyer', "buyerId" || '@bench.test', true from ${listed}`,
    `insert into orders (id, order_number, user_id, currency, original_amount, subtotal, total, tax_included, billing_name, billing_country, expires_at)
     select "orderId", 'bench ' || "orderId", "buyerId", 'USD', ${amount}, ${amount}, ${amount}, true, 'Buyer', 'US', now() + interval '1 day' from ${listed}`,
    `insert into order_items (id, order_id, product_id, title, product_snapshot, price, total)
     select "itemId", "orderId", "productId", 'A course', snapshot, ${amount}, ${amount} from ${listed}`,
    `insert into payments (id, order_id, user_id, provider, session_id, amount, currency)
     select "paymentId", "orderId", "buyerId", 'demo', "sessionId", ${amount}, 'USD' from ${listed}`,
  ])
    await pool.query(text, [JSON.stringify(orders)]);
  return orders.map(({ snapshot: _, ...order }) => order);
}

/** Gives one after another, and says so when there is none left. */
export function dealing<Item>(items: readonly Item[]): () => Item {
  let next = 0;
  return () => {
    const item = items[next];
    if (item === undefined) throw new Error(`All ${items.length} orders are used up: make more of them`);
    next += 1;
    return item;
  };
}

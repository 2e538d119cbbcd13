import { newId } from '#platform/ids.ts';
import { aCourse, aPerson } from './courses.ts';
import type { TestDatabase } from './database.ts';

/** Where rows are put: a test's own database, or a running school's. */
type Rows = Pick<TestDatabase, 'owner'>;

interface ItemWish {
  /** A product of `aSoldProduct`; made where none is named. */
  productId?: string;
  /** Before the coupon. */
  price?: number;
  discount?: number;
  /** On top of the price. */
  tax?: number;
  snapshot?: object;
}

export interface OrderWish {
  buyerId?: string;
  currency?: string;
  items?: ItemWish[];
  channel?: 'OWN_COUPON' | 'ORGANIC' | 'AFFILIATE';
  affiliateId?: string;
  couponId?: string;
  completedAt?: string;
  taxSnapshot?: object;
}

export interface SoldOrder {
  id: string;
  number: string;
  buyerId: string;
  itemIds: string[];
  paymentId: string;
  total: number;
}

/** A product of a course with a price, which its teacher offers. */
export async function aSoldProduct(database: Rows, wish: { instructorId?: string; price?: number; currency?: string } = {}) {
  const course = await aCourse(database, { isFree: false, ...(wish.instructorId && { instructorId: wish.instructorId as never }) });
  const productId = newId();
  await database.owner.query(
    `insert into products (id, type, owner_id, course_id, name, slug, status) values ($1, 'COURSE', $2, $3, $4, $5, 'PUBLIC')`,
    [productId, course.instructorId, course.id, `The course ${course.slug}`, course.slug],
  );
  await database.owner.query('insert into prices (id, product_id, currency, amount) values ($1, $2, $3, $4)', [
    newId(),
    productId,
    wish.currency ?? 'EUR',
    wish.price ?? 5000,
  ]);
  return { productId, courseId: course.id, instructorId: course.instructorId as string };
}

/** An order that is paid, as rows alone: nothing is posted, granted or invoiced by it. */
export async function aPaidOrder(database: Rows, wish: OrderWish = {}): Promise<SoldOrder> {
  const buyerId = wish.buyerId ?? (await aPerson(database)).id;
  const currency = wish.currency ?? 'EUR';
  const at = wish.completedAt ?? '2026-04-10T12:00:00Z';
  const items: (Required<ItemWish> & { id: string; total: number })[] = [];
  for (const item of wish.items ?? [{}]) {
    const { price = 5000, discount = 0, tax = 0, snapshot = {} } = item;
    const productId = item.productId ?? (await aSoldProduct(database, { price, currency })).productId;
    items.push({ id: newId() as string, productId, price, discount, tax, total: price - discount + tax, snapshot });
  }
  const sum = (part: 'price' | 'discount' | 'tax' | 'total') => items.reduce((all, item) => all + item[part], 0);
  const id = newId();
  const paymentId = newId();
  const number = `2026-${id.slice(-8)}`;
  await database.owner.query(
    `insert into orders (id, order_number, user_id, status, currency, original_amount, subtotal, discount, tax, total, coupon_id, channel, affiliate_id,
                         tax_snapshot, billing_country, payment_status, created_at, completed_at)
     values ($1, $2, $3, 'COMPLETED', $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, 'DE', 'PAID', $13, $13)`,
    [
      id,
      number,
      buyerId,
      currency,
      sum('price'),
      sum('discount'),
      sum('tax'),
      sum('total'),
      wish.couponId ?? null,
      wish.channel ?? (wish.affiliateId ? 'AFFILIATE' : 'ORGANIC'),
      wish.affiliateId ?? null,
      JSON.stringify(wish.taxSnapshot ?? {}),
      at,
    ],
  );
  for (const item of items) {
    await database.owner.query(
      `insert into order_items (id, order_id, product_id, title, product_snapshot, price, discount, tax, total)
       values ($1, $2, $3, (select name from products where id = $3), $4, $5, $6, $7, $8)`,
      [item.id, id, item.productId, JSON.stringify(item.snapshot), item.price, item.discount, item.tax, item.total],
    );
  }
  await database.owner.query(
    `insert into payments (id, order_id, user_id, provider, provider_payment_id, amount, currency, status, paid_at) values ($1, $2, $3, 'demo', $7, $4, $5, 'PAID', $6)`,
    [paymentId, id, buyerId, sum('total'), currency, at, `demo ${paymentId}`],
  );
  return { id, number, buyerId, itemIds: items.map((item) => item.id), paymentId, total: sum('total') };
}

/** Money that has gone back for an order, or for one item of it: the row, and nothing that follows from it. */
export async function aRefundOf(
  database: Rows,
  order: SoldOrder,
  amount: number,
  orderItemId: string | null = null,
  at = '2026-04-20T12:00:00Z',
) {
  const id = newId();
  await database.owner.query(
    `insert into refunds (id, payment_id, order_item_id, amount, currency, reason, status, refunded_at)
     select $1, $2, $3, $4, currency, 'Not what I thought', 'SUCCEEDED', $5 from payments where id = $2`,
    [id, order.paymentId, orderItemId, amount, at],
  );
  return id as string;
}

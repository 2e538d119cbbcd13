import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId, UserId } from '#platform/ids.ts';
import type { OrderStatus } from '../orders/order-status.ts';

/** What is kept of a product in an order: what it was when it was bought. */
export interface ProductSnapshot {
  type: 'COURSE' | 'BUNDLE' | 'MEMBERSHIP';
  title: string;
  slug: string;
  ownerId: UserId;
  imageUrl: string | null;
  courses: { id: CourseId; slug: string; title: string; ownerId: UserId; listPrice: number }[];
  /** Of all seats, before any discount. */
  listPrice: number;
  interval: 'MONTH' | 'YEAR' | null;
  trialDays: number | null;
  /** What a membership costs each time, with its tax; null of everything else. */
  recurringAmount: number | null;
}

export interface ItemToSettle {
  id: string;
  quantity: number;
  isGift: boolean;
  accessDays: number | null;
  total: number;
  product: ProductSnapshot;
}

export interface OrderToSettle {
  id: string;
  number: string;
  buyerId: UserId;
  status: OrderStatus;
  currency: string;
  total: number;
  couponId: string | null;
  items: ItemToSettle[];
}

const hold = statement<Omit<OrderToSettle, 'items'>, [orderId: string]>(
  `select id, order_number as number, user_id as "buyerId", status, currency, total, coupon_id as "couponId" from orders where id = $1::uuid for no key update`,
);

const itemsOf = statement<ItemToSettle, [orderId: string]>(
  `select id, quantity, is_gift as "isGift", access_days as "accessDays", total, product_snapshot as product from order_items where order_id = $1::uuid order by id`,
);

/** The order with what it buys, held until the transaction ends; undefined where there is none. */
export async function orderToSettle(ctx: Context, orderId: string): Promise<OrderToSettle | undefined> {
  const [[order], items] = await Promise.all([ctx.db.sql(hold, orderId), ctx.db.sql(itemsOf, orderId)]);
  return order && { ...order, items };
}

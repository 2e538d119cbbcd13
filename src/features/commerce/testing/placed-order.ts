import { newId } from '#platform/ids.ts';
import { aPerson } from '../../../../tests/support/courses.ts';
import type { person, TestDatabase } from '../../../../tests/support/database.ts';
import { aProductOf, type MadeProduct } from '../../../../tests/support/shop.ts';
import { type OrderInput, placeOrder } from '../orders/place-order.ts';
import type { ProviderEvent } from '../providers/provider.ts';

type Person = ReturnType<typeof person>;

export const morning = new Date('2026-05-04T10:00:00Z');

export interface PlacedOrder {
  id: string;
  number: string;
  buyer: Person;
  products: MadeProduct[];
  total: number;
  status: string;
}

/** What a buyer sends who lives in the United States and pays at the demo provider. */
export function orderOf(products: readonly MadeProduct[], changes: Partial<OrderInput> = {}): OrderInput {
  return {
    key: newId(),
    items: products.map(({ id, interval }) => ({ productId: id, quantity: 1, isGift: false, ...(interval && { interval }) })),
    currency: 'USD',
    couponCode: null,
    provider: 'demo',
    billing: { name: 'Ada Buyer', country: 'US', region: '', line1: '', city: '', postcode: '', isBusiness: false, taxId: '' },
    confirmedCountry: null,
    expectedTotal: products.reduce((sum, { prices }) => sum + (prices.USD ?? 0), 0),
    expectedRecurring: null,
    via: null,
    ...changes,
  };
}

/** An order that its buyer has placed and not paid. */
export async function aPlacedOrder(
  database: TestDatabase,
  wish: { products?: MadeProduct[]; buyer?: Person; now?: Date } & Partial<OrderInput> = {},
): Promise<PlacedOrder> {
  const { products = [await aProductOf(database)], buyer = await aPerson(database), now = morning, ...changes } = wish;
  const placed = await placeOrder(database.context(buyer, now), orderOf(products, changes));
  if (placed.kind !== 'placed') throw new Error(`The order was not placed: ${placed.kind}`);
  const { rows } = await database.owner.query<{ id: string; total: number; status: string }>(
    'select id, total, status from orders where order_number = $1',
    [placed.number],
  );
  return { ...rows[0]!, number: placed.number, buyer, products };
}

/** What the demo provider says once an order has been paid. */
export function paymentOf(order: PlacedOrder, changes: Partial<Extract<ProviderEvent, { kind: 'paid' }>> = {}): ProviderEvent {
  return {
    kind: 'paid',
    eventId: `evt_${order.id}`,
    type: 'demo.paid',
    happenedAt: morning,
    orderId: order.id,
    sessionId: `demo_${order.id}`,
    paymentId: `pay_${order.id}`,
    paid: { minor: order.total, currency: 'USD' },
    subscription: null,
    ...changes,
  };
}

/** A coupon of an admin, on everything. */
export async function aCoupon(
  database: TestDatabase,
  wish: { percent?: number; maxUses?: number | null } = {},
): Promise<{ id: string; code: string }> {
  const id = newId();
  const code = `C${id.replaceAll('-', '').slice(-12)}`;
  const admin = await aPerson(database, 'ADMIN');
  await database.owner.query(
    `insert into coupons (id, code, type, value, max_uses, created_by_id, starts_at) values ($1, $2, 'PERCENTAGE', $3, $4, $5, '2026-01-01')`,
    [id, code, wish.percent ?? 10, wish.maxUses ?? null, admin.id],
  );
  return { id, code };
}

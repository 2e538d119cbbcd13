import type { Context, Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import type { PayableOrder } from '../../src/features/commerce/providers/provider.ts';
import { stripeProvider } from '../../src/features/commerce/providers/stripe/stripe.ts';
import { aPerson } from './courses.ts';
import type { TestDatabase } from './database.ts';
import { aProductOf, type ProductWish } from './shop.ts';

/** Where rows are put: a test's own database, or a running school's. */
type Rows = Pick<TestDatabase, 'owner'>;

/** An order that waits for its money; unless it says otherwise, of one new course for 49.00 USD. */
export interface WaitingWish {
  provider: string;
  buyer?: Person;
  product?: ProductWish;
  currency?: string;
}

export interface WaitingOrder {
  id: string;
  number: string;
  buyer: Person;
  courseIds: string[];
  /** As its provider is asked to take money for it. */
  payable: PayableOrder;
}

/** Puts an order that was placed and not paid into the database, without asking any rule of the program. */
export async function aWaitingOrder(database: Rows, wish: WaitingWish): Promise<WaitingOrder> {
  const { provider, currency = 'USD' } = wish;
  const buyer = wish.buyer ?? (await aPerson(database));
  const product = await aProductOf(database, wish.product);
  const trialDays = wish.product?.trialDays ?? null;
  const price = product.prices[currency] ?? 0;
  const total = trialDays === null ? price : 0;
  const [id, paymentId] = [newId(), newId()];
  const number = `2026-${id.slice(-6)}`;
  const expiresAt = new Date(Date.now() + 3_600_000);
  const snapshot = {
    ...{ type: product.type, title: product.title, slug: product.slug, ownerId: product.ownerId, imageUrl: null, listPrice: price },
    ...{ interval: product.interval, trialDays, recurringAmount: product.interval && price },
    courses: product.courses.map((course) => ({
      ...{ id: course.id, slug: course.slug, title: course.slug, ownerId: course.instructorId, listPrice: price },
    })),
  };
  await database.owner.query(
    `insert into orders (id, order_number, user_id, currency, original_amount, subtotal, total, tax_included, billing_name, billing_country, expires_at)
     values ($1, $2, $3, $4, $5, $6, $6, true, $7, 'US', $8)`,
    [id, number, buyer.id, currency, price, total, buyer.name, expiresAt],
  );
  await database.owner.query(
    `insert into order_items (id, order_id, product_id, title, product_snapshot, access_days, price, total) values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [newId(), id, product.id, product.title, snapshot, product.accessDays, total],
  );
  await database.owner.query('insert into payments (id, order_id, user_id, provider, amount, currency) values ($1, $2, $3, $4, $5, $6)', [
    ...[paymentId, id, buyer.id, provider, total, currency],
  ]);
  const url = `http://localhost:3000/checkout/${number}`;
  return {
    id,
    number,
    buyer,
    courseIds: product.courses.map((course) => course.id),
    payable: {
      orderId: id,
      orderNumber: number,
      paymentId,
      total: { minor: total, currency },
      title: product.title,
      buyer: { userId: buyer.id, email: buyer.email, name: buyer.name },
      returnUrl: url,
      cancelUrl: url,
      expiresAt,
      membership: product.interval && { interval: product.interval, trialDays, amount: { minor: price, currency } },
    },
  };
}

/** Notes the session at which an order is paid, as beginning its payment does. */
export async function keepSession(database: Rows, orderId: string, sessionId: string): Promise<void> {
  await database.owner.query('update payments set session_id = $2 where order_id = $1', [orderId, sessionId]);
}

/** An order that waits at Stripe, with its session open there. */
export async function anOrderAtStripe(database: TestDatabase, ctx: Context, wish: Omit<WaitingWish, 'provider'> = {}) {
  const order = await aWaitingOrder(database, { ...wish, provider: 'stripe' });
  const { sessionId } = await stripeProvider.openSession(ctx, order.payable);
  await keepSession(database, order.id, sessionId);
  return { order, sessionId };
}

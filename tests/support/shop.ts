import type { Person } from '#platform/context.ts';
import { newId, type UserId } from '#platform/ids.ts';
import { aCourse, aPerson, type MadeCourse } from './courses.ts';
import type { TestDatabase } from './database.ts';

/** Where rows are put: a test's own database, or a running school's. */
type Rows = Pick<TestDatabase, 'owner'>;

/** What is to be sold; unless it says otherwise, a published course for 49.00 USD, for good. */
export interface ProductWish {
  type?: 'COURSE' | 'BUNDLE' | 'MEMBERSHIP';
  /** Courses that exist; otherwise one is made, and two for a bundle. */
  courses?: MadeCourse[];
  ownerId?: UserId;
  title?: string;
  /** By currency, in minor units. */
  prices?: Record<string, number>;
  accessDays?: number;
  interval?: 'MONTH' | 'YEAR';
  trialDays?: number;
}

export interface MadeProduct {
  id: string;
  type: 'COURSE' | 'BUNDLE' | 'MEMBERSHIP';
  title: string;
  slug: string;
  ownerId: UserId;
  courses: MadeCourse[];
  prices: Record<string, number>;
  accessDays: number | null;
  interval: 'MONTH' | 'YEAR' | null;
}

/** Puts a product with its prices and courses into the database, without asking any rule of the program. */
export async function aProductOf(database: Rows, wish: ProductWish = {}): Promise<MadeProduct> {
  const id = newId();
  const type = wish.type ?? 'COURSE';
  const ownerId = wish.ownerId ?? wish.courses?.[0]?.instructorId ?? (await aPerson(database, 'INSTRUCTOR')).id;
  const courses = wish.courses ?? (await coursesFor(database, { type, ownerId }));
  const slug = type === 'COURSE' ? courses[0]!.slug : `${type.toLowerCase()}-${id.slice(-12)}`;
  const title = wish.title ?? `What is sold as ${slug}`;
  await database.owner.query(
    `insert into products (id, type, owner_id, course_id, name, slug, status) values ($1, $2::product_type, $3, $4, $5, $6, $7::product_status)`,
    [id, type, ownerId, type === 'COURSE' ? courses[0]!.id : null, title, slug, type === 'COURSE' ? 'PRIVATE' : 'PUBLIC'],
  );
  if (type !== 'COURSE')
    for (const [place, course] of courses.entries())
      await database.owner.query('insert into product_courses (product_id, course_id, position) values ($1, $2, $3)', [
        id,
        course.id,
        place + 1,
      ]);
  const interval = type === 'MEMBERSHIP' ? (wish.interval ?? 'MONTH') : null;
  const prices = wish.prices ?? { USD: 4900 };
  for (const [currency, amount] of Object.entries(prices))
    await database.owner.query(
      `insert into prices (id, product_id, currency, amount, interval, trial_days, access_days) values ($1, $2, $3, $4, $5::billing_interval, $6, $7)`,
      [newId(), id, currency, amount, interval, wish.trialDays ?? null, wish.accessDays ?? null],
    );
  return { id, type, title, slug, ownerId, courses, prices, accessDays: wish.accessDays ?? null, interval };
}

async function coursesFor(database: Rows, { type, ownerId }: { type: string; ownerId: UserId }): Promise<MadeCourse[]> {
  const courses = [await aCourse(database, { isFree: false, instructorId: ownerId })];
  if (type !== 'COURSE') courses.push(await aCourse(database, { isFree: false, instructorId: ownerId }));
  return courses;
}

/** An order to be made; unless it says otherwise, of one new course for 49.00 USD, paid at the demo provider a moment ago. */
export interface OrderWish {
  buyer?: Person;
  items?: (MadeProduct | { product: MadeProduct; quantity?: number; isGift?: boolean; tax?: number; discount?: number })[];
  currency?: string;
  /** Whether the prices hold the tax of the items. */
  taxIncluded?: boolean;
  provider?: string;
  settledAt?: Date;
}

export interface MadeOrder {
  id: string;
  number: string;
  buyer: Person;
  paymentId: string;
  /** The provider's name for the payment. */
  providerPaymentId: string;
  currency: string;
  total: number;
  items: { id: string; product: MadeProduct; total: number }[];
}

/**
 * Puts an order that is settled into the database: its items, its payment, and, for what the buyer keeps, grants and enrollments. The books and the invoice are not there:
 * ask `postSale` and `issueInvoice` where a test needs them.
 */
export async function aSettledOrder(database: Rows, wish: OrderWish = {}): Promise<MadeOrder> {
  const currency = wish.currency ?? 'USD';
  const buyer = wish.buyer ?? (await aPerson(database));
  const at = wish.settledAt ?? new Date('2026-05-04T09:00:00Z');
  const wanted = (wish.items ?? [await aProductOf(database)]).map((item) => ('product' in item ? item : { product: item }));
  const items = wanted.map(({ product, quantity = 1, isGift = false, tax = 0, discount = 0 }) => {
    const price = (product.prices[currency] ?? 0) * quantity;
    return {
      id: newId(),
      product,
      quantity,
      isGift,
      price,
      tax,
      discount,
      total: price - discount + ((wish.taxIncluded ?? true) ? 0 : tax),
    };
  });
  const sum = (amount: 'price' | 'discount' | 'tax' | 'total') => items.reduce((total, item) => total + item[amount], 0);
  const id = newId();
  const year = at.getUTCFullYear();
  const { rows } = await database.owner.query<{ number: number }>(
    `insert into number_series (series, last_number) values ($1, 1) on conflict (series) do update set last_number = number_series.last_number + 1
     returning last_number as number`,
    [`orders-${year}`],
  );
  const number = `${year}-${String(rows[0]!.number).padStart(6, '0')}`;
  await database.owner.query(
    `insert into orders (id, order_number, user_id, status, currency, original_amount, subtotal, discount, tax, tax_included, total, billing_name, billing_country,
                         payment_method, payment_status, completed_at, created_at, updated_at)
     values ($1, $2, $3, 'COMPLETED', $4, $5, $5, $6, $7, $8, $9, $10, 'US', $11, 'PAID', $12, $12, $12)`,
    [
      id,
      number,
      buyer.id,
      currency,
      sum('price'),
      sum('discount'),
      sum('tax'),
      wish.taxIncluded ?? true,
      sum('total'),
      buyer.name,
      wish.provider ?? 'demo',
      at,
    ],
  );
  for (const item of items) await settledItem(database, { orderId: id, buyer, currency, at, item });
  const paymentId = newId();
  const providerPaymentId = `demo_pay_${id}`;
  await database.owner.query(
    `insert into payments (id, order_id, user_id, provider, provider_payment_id, session_id, amount, currency, status, paid_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'PAID', $9)`,
    [paymentId, id, buyer.id, wish.provider ?? 'demo', providerPaymentId, `demo_${id}`, sum('total'), currency, at],
  );
  return { id, number, buyer, paymentId, providerPaymentId, currency, total: sum('total'), items };
}

interface SettledItem {
  orderId: string;
  buyer: Person;
  currency: string;
  at: Date;
  item: {
    id: string;
    product: MadeProduct;
    quantity: number;
    isGift: boolean;
    price: number;
    discount: number;
    tax: number;
    total: number;
  };
}

async function settledItem(database: Rows, { orderId, buyer, currency, at, item }: SettledItem): Promise<void> {
  const { product } = item;
  const snapshot = {
    type: product.type,
    title: product.title,
    slug: product.slug,
    ownerId: product.ownerId,
    imageUrl: null,
    courses: product.courses.map(({ id, slug, instructorId }) => ({
      id,
      slug,
      title: `The course ${slug}`,
      ownerId: instructorId,
      listPrice: product.prices[currency] ?? 0,
    })),
    listPrice: item.price,
    interval: product.interval,
    trialDays: null,
  };
  await database.owner.query(
    `insert into order_items (id, order_id, product_id, title, product_snapshot, quantity, is_gift, access_days, price, discount, tax, total)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      item.id,
      orderId,
      product.id,
      product.title,
      snapshot,
      item.quantity,
      item.isGift,
      product.accessDays,
      item.price,
      item.discount,
      item.tax,
      item.total,
    ],
  );
  if (item.isGift || item.quantity > 1 || product.type === 'MEMBERSHIP') return;
  const until = product.accessDays === null ? null : new Date(at.getTime() + product.accessDays * 86_400_000);
  for (const course of product.courses) {
    await database.owner.query(
      `insert into access_grants (id, user_id, course_id, source, order_item_id, amount, currency, starts_at, expires_at)
       values ($1, $2, $3, 'PURCHASE', $4, $5, $6, $7, $8)`,
      [newId(), buyer.id, course.id, item.id, Math.floor(item.total / product.courses.length), currency, at, until],
    );
    await database.owner.query(
      `insert into enrollments (id, user_id, course_id, status, enrolled_at) values ($1, $2, $3, 'ACTIVE', $4) on conflict do nothing`,
      [newId(), buyer.id, course.id, at],
    );
  }
}

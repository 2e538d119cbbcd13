import { newId } from '#platform/ids.ts';
import { aCourse, aPerson } from '../../../../tests/support/courses.ts';
import type { TestDatabase } from '../../../../tests/support/database.ts';

type Person = Awaited<ReturnType<typeof aPerson>>;

/** An item to be bought; prices are of all its seats. */
export interface ItemWish {
  title?: string;
  quantity?: number;
  price: number;
  discount?: number;
  tax?: number;
}

export interface PaidOrder {
  id: string;
  number: string;
  buyer: Person;
  paymentId: string;
  /** What the provider calls the payment. */
  providerPaymentId: string;
  items: { id: string; courseId: string; total: number }[];
}

interface Wish {
  buyer?: Person;
  currency?: string;
  taxIncluded?: boolean;
  items?: ItemWish[];
  order?: Record<string, unknown>;
}

let last = 0;

/** Puts an order that was paid at the demo provider into the database, as settlement leaves it: its grants and enrollments too, but neither invoice nor books. */
export async function aPaidOrder(database: TestDatabase, wish: Wish = {}): Promise<PaidOrder> {
  const buyer = wish.buyer ?? (await aPerson(database));
  const { currency = 'USD', taxIncluded = true, items = [{ price: 4900 }] } = wish;
  const lines = items.map((item) => {
    const { price, discount = 0, tax = 0, quantity = 1 } = item;
    return { title: item.title, price, discount, tax, quantity, total: price - discount + (taxIncluded ? 0 : tax) };
  });
  const sum = (key: 'price' | 'discount' | 'tax' | 'total') => lines.reduce((total, line) => total + line[key], 0);
  last += 1;
  const order: PaidOrder = {
    id: newId(),
    number: `2026-9${String(last).padStart(5, '0')}`,
    buyer,
    paymentId: newId(),
    providerPaymentId: `demo-${newId()}`,
    items: [],
  };
  await insert(database, 'orders', {
    id: order.id,
    order_number: order.number,
    user_id: buyer.id,
    status: 'COMPLETED',
    currency,
    original_amount: sum('price'),
    subtotal: sum('price'),
    discount: sum('discount'),
    tax: sum('tax'),
    tax_included: taxIncluded,
    total: sum('total'),
    payment_status: 'PAID',
    completed_at: '2026-05-04T09:00:00Z',
    payment_method: 'demo',
    ...wish.order,
  });
  for (const { title, ...line } of lines) {
    const course = await aCourse(database, { isFree: false, ...(title !== undefined && { title }) });
    const [id, productId] = [newId(), newId()];
    await insert(database, 'products', {
      id: productId,
      type: 'COURSE',
      owner_id: course.instructorId,
      course_id: course.id,
      name: course.slug,
      slug: course.slug,
    });
    await insert(database, 'order_items', {
      id,
      order_id: order.id,
      product_id: productId,
      title: title ?? `The course ${course.slug}`,
      product_snapshot: '{}',
      ...line,
    });
    await insert(database, 'access_grants', {
      id: newId(),
      user_id: buyer.id,
      course_id: course.id,
      source: 'PURCHASE',
      amount: line.total,
      currency,
      order_item_id: id,
    });
    await insert(database, 'enrollments', { id: newId(), user_id: buyer.id, course_id: course.id, status: 'ACTIVE' });
    order.items.push({ id, courseId: course.id, total: line.total });
  }
  await insert(database, 'payments', {
    id: order.paymentId,
    order_id: order.id,
    user_id: buyer.id,
    provider: 'demo',
    provider_payment_id: order.providerPaymentId,
    session_id: `session-${order.id}`,
    amount: sum('total'),
    currency,
    status: 'PAID',
    paid_at: '2026-05-04T09:00:00Z',
  });
  return order;
}

async function insert(database: TestDatabase, table: string, values: Record<string, unknown>): Promise<void> {
  const names = Object.keys(values);
  await database.owner.query(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(values),
  );
}

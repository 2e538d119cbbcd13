import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { OrderStatus } from '../orders/order-status.ts';
import type { RefundableItem } from './spread-refund.ts';

/** An order with the payment that settled it, held until the transaction ends. */
export interface HeldOrder {
  id: string;
  number: string;
  userId: string;
  status: OrderStatus;
  currency: string;
  total: number;
  subscriptionId: string | null;
  paymentId: string;
  provider: string;
  providerPaymentId: string | null;
  paid: number;
  /** Whether the buyer's bank calls the payment back, or has. */
  isDisputed: boolean;
  items: RefundableItem[];
}

const columns = `o.id, o.order_number as number, o.user_id as "userId", o.status, o.currency, o.total, o.subscription_id as "subscriptionId",
  p.id as "paymentId", p.provider, p.provider_payment_id as "providerPaymentId", p.amount as paid
  from orders o join payments p on p.order_id = o.id and p.status in ('PAID', 'REFUNDED')`;

type Row = Omit<HeldOrder, 'items' | 'isDisputed'>;

const byNumber = statement<Row, [number: string]>(`select ${columns} where o.order_number = $1 for no key update of o`);
const byPayment = statement<Row, [provider: string, providerPaymentId: string]>(
  `select ${columns} where p.provider = $1 and p.provider_payment_id = $2 for no key update of o`,
);
const byRefund = statement<Row, [refundId: string]>(
  `select ${columns} where p.id = (select r.payment_id from refunds r where r.id = $1::uuid) for no key update of o`,
);

// Both are read once the order is held: whoever else gives something back, or writes a dispute down, has ended by then.
const itemsOf = statement<RefundableItem, [orderId: string]>(
  `select i.id, i.title, i.total, i.tax, i.refunded_amount as refunded,
          coalesce((select sum(x.amount) from refund_items x join refunds r on r.id = x.refund_id where x.order_item_id = i.id and r.status = 'PENDING'), 0)::int as waiting
     from order_items i where i.order_id = $1::uuid order by i.id`,
);
const disputesOf = statement<{ isDisputed: boolean }, [paymentId: string]>(
  `select exists (select from disputes where payment_id = $1::uuid and status <> 'WON') as "isDisputed"`,
);

/** Which order is meant: by its number, by what its provider calls the payment, or by a refund of it. */
type Which = { number: string } | { provider: string; providerPaymentId: string } | { refundId: string };

/** Holds an order that was paid; undefined where there is none. */
export async function holdPaidOrder(ctx: Context, which: Which): Promise<HeldOrder | undefined> {
  const [order] =
    'number' in which
      ? await ctx.db.sql(byNumber, which.number)
      : 'refundId' in which
        ? await ctx.db.sql(byRefund, which.refundId)
        : await ctx.db.sql(byPayment, which.provider, which.providerPaymentId);
  if (!order) return undefined;
  const [items, [disputes]] = await Promise.all([ctx.db.sql(itemsOf, order.id), ctx.db.sql(disputesOf, order.paymentId)]);
  return { ...order, items, isDisputed: disputes?.isDisputed === true };
}

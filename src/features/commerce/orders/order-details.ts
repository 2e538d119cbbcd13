import { statement } from '#platform/database/statement.ts';
import { addressLines, taxesOf } from '../invoices/invoiced-order.ts';
import { invoiceNumber } from '../invoices/snapshot.ts';
import type { OrderStatus } from './order-status.ts';
import { paymentTitle } from './payment-title.ts';

/** An order with all that hangs on it, in minor units of its currency. */
export interface OrderDetails {
  id: string;
  number: string;
  status: OrderStatus;
  placedAt: Date;
  completedAt: Date | null;
  /** Until when it waits for its money. */
  expiresAt: Date | null;
  currency: string;
  /** Before any discount. */
  originalAmount: number;
  subtotal: number;
  discount: number;
  taxes: { name: string; rateBasisPoints: number | null; amount: number }[];
  taxIncluded: boolean;
  reverseCharge: boolean;
  total: number;
  refunded: number;
  billing: { name: string; lines: string[]; country: string | null; taxId: string | null };
  items: DetailedItem[];
  payments: DetailedPayment[];
  refunds: DetailedRefund[];
  invoice: { number: string; issuedAt: Date; total: number } | null;
  creditNotes: { place: number; number: string; issuedAt: Date; total: number }[];
  disputes: { amount: number; reason: string; status: 'OPEN' | 'WON' | 'LOST'; openedAt: Date }[];
}

export interface DetailedItem {
  id: string;
  productId: string;
  /** Where a bundle or membership is sold. */
  productSlug: string;
  type: 'COURSE' | 'BUNDLE' | 'MEMBERSHIP';
  title: string;
  imageUrl: string | null;
  quantity: number;
  isGift: boolean;
  price: number;
  total: number;
  refunded: number;
  /** What is on its way back. */
  waiting: number;
  /** What it opens. */
  courses: { slug: string; title: string }[];
}

export interface DetailedPayment {
  provider: string;
  /** As people read it. */
  title: string;
  amount: number;
  status: 'PENDING' | 'PAID' | 'FAILED' | 'REFUNDED';
  at: Date;
  failureReason: string | null;
}

export interface DetailedRefund {
  amount: number;
  status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  reason: string;
  at: Date;
  titles: string[];
}

interface InvoiceRow {
  kind: 'INVOICE' | 'CREDIT_NOTE';
  series: string;
  number: number;
  issuedAt: string;
  total: number;
}

/** As the database gives it: moments inside JSON are texts. */
export interface OrderRow
  extends Omit<
    OrderDetails,
    'taxes' | 'reverseCharge' | 'refunded' | 'billing' | 'payments' | 'refunds' | 'invoice' | 'creditNotes' | 'disputes'
  > {
  buyerId: string;
  tax: number;
  taxSnapshot: Parameters<typeof taxesOf>[0];
  billingName: string;
  billingAddress: unknown;
  billingCountry: string | null;
  billingTaxId: string | null;
  payments: (Omit<DetailedPayment, 'at' | 'title'> & { at: string })[];
  refunds: (Omit<DetailedRefund, 'at'> & { at: string })[];
  invoices: InvoiceRow[];
  disputes: { amount: number; reason: string; status: 'OPEN' | 'WON' | 'LOST'; openedAt: string }[];
}

const list = (fields: string, from: string) => `coalesce((select json_agg(json_build_object(${fields})) from (${from}) x), '[]')`;

/** An order by its number, with all that hangs on it; row-level security says for whom. */
export const orderByNumber = statement<OrderRow, [number: string]>(`
  select o.id, o.order_number as number, o.user_id as "buyerId", o.status, o.created_at as "placedAt", o.completed_at as "completedAt", o.expires_at as "expiresAt", o.currency,
         o.original_amount as "originalAmount", o.subtotal, o.discount, o.tax, o.tax_included as "taxIncluded", o.tax_snapshot as "taxSnapshot", o.total,
         coalesce(o.billing_name, '') as "billingName", o.billing_address as "billingAddress", o.billing_country as "billingCountry", o.billing_tax_id as "billingTaxId",
         ${list(
           `'id', x.id, 'productId', x.product_id, 'productSlug', x.slug, 'type', x.type, 'title', x.title, 'imageUrl', x.product_snapshot -> 'imageUrl', 'quantity', x.quantity, 'isGift', x.is_gift,
            'price', x.price, 'total', x.total, 'refunded', x.refunded_amount, 'waiting', x.waiting, 'courses', coalesce(x.product_snapshot -> 'courses', '[]')`,
           `select i.*, p.type, p.slug, coalesce((select sum(y.amount) from refund_items y join refunds r on r.id = y.refund_id
                                           where y.order_item_id = i.id and r.status = 'PENDING'), 0)::int as waiting
              from order_items i join products p on p.id = i.product_id where i.order_id = o.id order by i.id`,
         )} as items,
         ${list(
           `'provider', x.provider, 'amount', x.amount, 'status', x.status, 'at', coalesce(x.paid_at, x.created_at), 'failureReason', x.failure_reason`,
           'select * from payments p where p.order_id = o.id order by p.id',
         )} as payments,
         ${list(
           `'amount', x.amount, 'status', x.status, 'reason', x.reason, 'at', coalesce(x.refunded_at, x.created_at), 'titles', x.titles`,
           `select r.*, array(select i.title from refund_items y join order_items i on i.id = y.order_item_id where y.refund_id = r.id order by i.id) as titles
              from refunds r join payments p on p.id = r.payment_id where p.order_id = o.id order by r.id`,
         )} as refunds,
         ${list(
           `'kind', x.kind, 'series', x.series, 'number', x.number, 'issuedAt', x.issued_at, 'total', x.total`,
           'select * from invoices n where n.order_id = o.id order by n.id',
         )} as invoices,
         ${list(
           `'amount', x.amount, 'reason', x.reason, 'status', x.status, 'openedAt', x.opened_at`,
           'select d.* from disputes d join payments p on p.id = d.payment_id where p.order_id = o.id order by d.id',
         )} as disputes
    from orders o where o.order_number = $1`);

/** The row as a page shows it. */
export function detailsOf(row: OrderRow): OrderDetails {
  const { buyerId: _, tax, taxSnapshot, billingName, billingAddress, billingCountry, billingTaxId, invoices, ...order } = row;
  const papers = invoices.map(({ series, number, issuedAt, ...paper }) => ({
    ...paper,
    number: invoiceNumber(series, number),
    issuedAt: new Date(issuedAt),
  }));
  const [invoice = null] = papers.filter(({ kind }) => kind === 'INVOICE');
  return {
    ...order,
    taxes: taxesOf(taxSnapshot, tax),
    reverseCharge: taxSnapshot.reverseCharge ?? false,
    refunded: order.items.reduce((sum, item) => sum + item.refunded, 0),
    billing: { name: billingName, lines: addressLines(billingAddress), country: billingCountry, taxId: billingTaxId },
    payments: order.payments.map((payment) => ({ ...payment, title: paymentTitle(payment.provider), at: new Date(payment.at) })),
    refunds: order.refunds.map((refund) => ({ ...refund, at: new Date(refund.at) })),
    invoice,
    creditNotes: papers.filter(({ kind }) => kind === 'CREDIT_NOTE').map((paper, index) => ({ ...paper, place: index + 1 })),
    disputes: order.disputes.map((dispute) => ({ ...dispute, openedAt: new Date(dispute.openedAt) })),
  };
}

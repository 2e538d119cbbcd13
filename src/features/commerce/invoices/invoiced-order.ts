import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { splitMoney } from '#platform/money.ts';
import type { ShopSettings } from '../settings/shop-settings.ts';
import type { InvoiceLine, InvoiceSnapshot } from './snapshot.ts';

/** An order as its invoice is made from. */
export interface InvoicedOrder {
  id: string;
  orderNumber: string;
  currency: string;
  originalAmount: number;
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
  taxIncluded: boolean;
  taxSnapshot: { name?: string; rateBasisPoints?: number; parts?: { name: string; rateBasisPoints: number }[]; reverseCharge?: boolean };
  billingName: string;
  billingAddress: unknown;
  billingCountry: string | null;
  billingTaxId: string | null;
  email: string;
  locale: string;
  createdAt: Date;
  paidAt: string | null;
  lines: InvoiceLine[];
}

// The order is held: two who settle it wait for each other here, and then for the number. Whoever takes both takes them in this order.
const held = statement<InvoicedOrder, [orderId: string]>(
  `select o.id, o.order_number as "orderNumber", o.currency, o.original_amount as "originalAmount", o.subtotal, o.discount, o.tax, o.total,
          o.tax_included as "taxIncluded", o.tax_snapshot as "taxSnapshot", coalesce(nullif(o.billing_name, ''), u.name) as "billingName",
          o.billing_address as "billingAddress", o.billing_country as "billingCountry", o.billing_tax_id as "billingTaxId", u.email, u.locale,
          o.created_at as "createdAt",
          (select max(p.paid_at) from payments p where p.order_id = o.id and p.status in ('PAID', 'REFUNDED')) as "paidAt",
          (select json_agg(json_build_object('title', i.title, 'quantity', i.quantity, 'price', i.price, 'discount', i.discount, 'tax', i.tax,
                                             'total', i.total) order by i.id)
             from order_items i where i.order_id = o.id) as lines
     from orders o join people_in_full u on u.id = o.user_id where o.id = $1::uuid for no key update of o`,
);

/** The order, held until the transaction ends. */
export async function holdInvoicedOrder(ctx: Context, orderId: string): Promise<InvoicedOrder> {
  const [order] = await ctx.db.sql(held, orderId);
  if (!order) throw new Error(`There is no order ${orderId} to write an invoice for.`);
  return order;
}

/** What the invoice of an order says. */
export function snapshotOf(order: InvoicedOrder, settings: ShopSettings): InvoiceSnapshot {
  return {
    locale: order.locale,
    seller: {
      name: settings.sellerName,
      address: settings.sellerAddress,
      country: settings.sellerCountry,
      taxId: settings.sellerTaxId,
      email: settings.sellerEmail,
    },
    buyer: {
      name: order.billingName,
      email: order.email,
      address: addressLines(order.billingAddress),
      country: order.billingCountry,
      taxId: order.billingTaxId,
    },
    orderNumber: order.orderNumber,
    orderedAt: order.createdAt.toISOString(),
    paidAt: order.paidAt === null ? null : new Date(order.paidAt).toISOString(),
    lines: order.lines,
    taxIncluded: order.taxIncluded,
    originalAmount: order.originalAmount,
    subtotal: order.subtotal,
    discount: order.discount,
    taxes: taxesOf(order.taxSnapshot, order.tax),
    reverseCharge: order.taxSnapshot.reverseCharge ?? false,
    note: settings.invoiceNote,
    corrects: null,
  };
}

/** A tax in the parts that the law names: half and half of CGST and SGST, one line elsewhere. */
export function taxesOf({ name, rateBasisPoints, parts = [] }: InvoicedOrder['taxSnapshot'], tax: number): InvoiceSnapshot['taxes'] {
  if (tax === 0) return [];
  if (parts.length === 0) return [{ name: name || 'Tax', rateBasisPoints: rateBasisPoints ?? null, amount: tax }];
  const amounts = splitMoney(
    tax,
    parts.map((part) => part.rateBasisPoints),
  );
  return parts.map((part, index) => ({ ...part, amount: amounts[index] ?? 0 }));
}

const addressParts = [['line1', 'street', 'address'], ['line2'], ['postcode', 'city'], ['region']];

/** An address in the lines of an envelope. */
export function addressLines(address: unknown): string[] {
  if (typeof address === 'string') return address.split('\n').filter((line) => line.trim() !== '');
  if (typeof address !== 'object' || address === null) return [];
  const values = address as Record<string, unknown>;
  const textOf = (key: string) => (typeof values[key] === 'string' ? values[key].trim() : '');
  return addressParts.map((keys) => keys.map(textOf).filter(Boolean).join(' ')).filter(Boolean);
}

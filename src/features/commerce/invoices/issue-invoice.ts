import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { takeNumber } from '../orders/take-number.ts';
import { shopSettings } from '../settings/shop-settings.ts';
import { holdInvoicedOrder, snapshotOf } from './invoiced-order.ts';
import { invoiceNumber } from './snapshot.ts';

const known = statement<{ id: string; series: string; number: number }, [orderId: string]>(
  `select id, series, number from invoices where order_id = $1::uuid and kind = 'INVOICE'`,
);

/** Values of a new invoice or credit note. */
export type InvoiceValues = [
  id: string,
  kind: 'INVOICE' | 'CREDIT_NOTE',
  series: string,
  number: number,
  orderId: string,
  refundId: string | null,
  correctsInvoiceId: string | null,
  moment: string,
  currency: string,
  tax: number,
  total: number,
  snapshot: string,
];

export const insertInvoice = statement<unknown, InvoiceValues>(
  `insert into invoices (id, kind, series, number, order_id, refund_id, corrects_invoice_id, issued_at, currency, net, tax, total, snapshot, created_at, updated_at)
   values ($1, $2::invoice_kind, $3, $4, $5::uuid, $6::uuid, $7::uuid, $8::timestamptz, $9, $11::int - $10::int, $10, $11, $12::jsonb, $8::timestamptz, $8::timestamptz)`,
);

/**
 * Writes the invoice of an order that was paid, in the transaction that settles it: a number of the year's series that no failure can lose, and everything it says as
 * it is now. Asked twice, it is one invoice.
 */
export async function issueInvoice(ctx: Context, { orderId }: { orderId: string }): Promise<{ id: string; number: string }> {
  const [order, [there], settings] = await Promise.all([holdInvoicedOrder(ctx, orderId), ctx.db.sql(known, orderId), shopSettings(ctx)]);
  if (there) return { id: there.id, number: invoiceNumber(there.series, there.number) };
  const series = `R-${ctx.now.getUTCFullYear()}`;
  // After the order: everybody who holds both takes them in this order.
  const number = await takeNumber(ctx, series);
  const id = newId();
  const snapshot = JSON.stringify(snapshotOf(order, settings));
  const { currency, tax, total } = order;
  await ctx.db.sql(
    insertInvoice,
    id,
    'INVOICE',
    series,
    number,
    orderId,
    null,
    null,
    ctx.now.toISOString(),
    currency,
    tax,
    total,
    snapshot,
  );
  return { id, number: invoiceNumber(series, number) };
}

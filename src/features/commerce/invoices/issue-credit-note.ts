import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { takeNumber } from '../orders/take-number.ts';
import { type InvoicedOrder, taxesOf } from './invoiced-order.ts';
import { insertInvoice } from './issue-invoice.ts';
import { type InvoiceSnapshot, invoiceNumber } from './snapshot.ts';

interface Corrected {
  refundId: string;
  reason: string;
  orderId: string;
  taxSnapshot: InvoicedOrder['taxSnapshot'];
  invoiceId: string;
  series: string;
  number: number;
  issuedAt: Date;
  currency: string;
  snapshot: InvoiceSnapshot;
  lines: { title: string; quantity: number; amount: number; tax: number }[];
}

const correctedBy = statement<Corrected, [refundId: string]>(
  `select r.id as "refundId", r.reason, o.id as "orderId", o.tax_snapshot as "taxSnapshot", i.id as "invoiceId", i.series, i.number, i.issued_at as "issuedAt",
          i.currency, i.snapshot,
          (select json_agg(json_build_object('title', t.title, 'quantity', t.quantity, 'amount', x.amount, 'tax', x.tax) order by t.id)
             from refund_items x join order_items t on t.id = x.order_item_id where x.refund_id = r.id) as lines
     from refunds r join payments p on p.id = r.payment_id join orders o on o.id = p.order_id join invoices i on i.order_id = o.id and i.kind = 'INVOICE'
    where r.id = $1::uuid and not exists (select from invoices n where n.refund_id = r.id)`,
);

/** Writes the credit note of a refund, in the transaction that settles it and that holds its order. Of an order that has no invoice, and of a refund that has its note, there is none to write. */
export async function issueCreditNote(ctx: Context, { refundId }: { refundId: string }): Promise<void> {
  const [corrected] = await ctx.db.sql(correctedBy, refundId);
  if (!corrected?.lines) return;
  const { orderId, invoiceId, currency, lines } = corrected;
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const tax = lines.reduce((sum, line) => sum + line.tax, 0);
  const series = `G-${ctx.now.getUTCFullYear()}`;
  const number = await takeNumber(ctx, series);
  const snapshot = JSON.stringify(noteOf(corrected, total, tax));
  const moment = ctx.now.toISOString();
  await ctx.db.sql(
    insertInvoice,
    newId(),
    'CREDIT_NOTE',
    series,
    number,
    orderId,
    refundId,
    invoiceId,
    moment,
    currency,
    tax,
    total,
    snapshot,
  );
}

function noteOf({ snapshot, lines, taxSnapshot, reason, ...invoice }: Corrected, total: number, tax: number): InvoiceSnapshot {
  const before = snapshot.taxIncluded ? total : total - tax;
  return {
    ...snapshot,
    lines: lines.map(({ title, quantity, amount, tax }) => ({
      title,
      quantity,
      price: snapshot.taxIncluded ? amount : amount - tax,
      discount: 0,
      tax,
      total: amount,
    })),
    originalAmount: before,
    subtotal: before,
    discount: 0,
    taxes: taxesOf(taxSnapshot, tax),
    corrects: { number: invoiceNumber(invoice.series, invoice.number), issuedAt: invoice.issuedAt.toISOString(), reason },
  };
}

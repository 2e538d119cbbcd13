import { createHash } from 'node:crypto';
import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { typefaces } from '#platform/fonts/typefaces.ts';
import { runtime } from '#platform/runtime.server.ts';
import { maySeeOrder } from '../checkout/policy.ts';
import { paymentTitle } from '../orders/payment-title.ts';
import { mayManageOrders } from '../orders/policy.ts';
import { type KeptInvoice, printInvoice } from './print-invoice.ts';
import { invoiceNumber } from './snapshot.ts';

/** Which paper of an order: its invoice, its receipt, or one of its credit notes, counted from one. */
export type WantedPaper = { kind: 'invoice' } | { kind: 'receipt' } | { kind: 'credit-note'; place: number };

/** A paper as a PDF, drawn when it is asked for from what was kept. */
export interface OrderPaper {
  fileName: string;
  /** Changes when what is printed does. */
  tag: string;
  pdf(): Promise<Buffer>;
}

interface Row extends Omit<KeptInvoice, 'number'> {
  buyerId: string;
  series: string;
  number: number;
  place: number;
  provider: string | null;
  paidAt: Date | null;
}

// Counted within its kind: the invoice is the first of one, credit notes go on.
const papersOf = statement<Row, [orderNumber: string, kind: 'INVOICE' | 'CREDIT_NOTE']>(
  `select o.user_id as "buyerId", n.kind, n.series, n.number, n.issued_at as "issuedAt", n.currency, n.net, n.tax, n.total, n.snapshot,
          row_number() over (order by n.id)::int as place, p.provider, coalesce(p.paid_at, o.completed_at) as "paidAt"
     from orders o join invoices n on n.order_id = o.id and n.kind = $2::invoice_kind
     left join payments p on p.order_id = o.id and p.status in ('PAID', 'REFUNDED')
    where o.order_number = $1 order by n.id`,
);

/** To be counted up when the drawing changes. */
const drawing = 1;

/** A paper of an order, for its buyer and for who looks after orders; to everybody else it is not there. */
export async function orderPaper(ctx: Context, input: { number: string; paper: WantedPaper }): Promise<OrderPaper> {
  requirePerson(ctx);
  const { paper, number } = input;
  const rows = await asActor(ctx, (sql) => sql(papersOf, number, paper.kind === 'credit-note' ? 'CREDIT_NOTE' : 'INVOICE'));
  const row = rows.find(({ place }) => place === (paper.kind === 'credit-note' ? paper.place : 1));
  if (!row || !(maySeeOrder(ctx.actor, row) || mayManageOrders(ctx.actor)))
    throw new AppError('not-found', 'There is no such paper of this order.');
  const kept: KeptInvoice = { ...row, number: invoiceNumber(row.series, row.number) };
  const isReceipt = paper.kind === 'receipt';
  const paid =
    isReceipt && row.paidAt ? { method: row.provider ? paymentTitle(row.provider) : 'Nothing to pay', paidAt: row.paidAt } : null;
  const place = `${runtime().config.origin}/orders/${number}`.replace(/^https?:\/\//, '');
  const tag = createHash('sha256')
    .update(JSON.stringify([drawing, kept, paid, place]))
    .digest('base64url')
    .slice(0, 22);
  return {
    fileName: isReceipt ? `receipt-${number}.pdf` : `${kept.number}.pdf`,
    tag,
    async pdf() {
      // What draws is loaded with the first paper.
      const [faces, { drawInvoice }] = await Promise.all([typefaces(), import('./pdf/draw-invoice.ts')]);
      return drawInvoice(printInvoice(kept, { place, faces, paid }), faces);
    },
  };
}

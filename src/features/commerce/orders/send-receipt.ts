import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { sendMail } from '#platform/mail.server.ts';
import { formatMoney } from '#platform/money.ts';
import { runtime } from '#platform/runtime.server.ts';
import { receiptMail } from '../emails/receipt.ts';
import { invoiceNumber } from '../invoices/snapshot.ts';

interface Row {
  name: string;
  email: string;
  locale: string;
  orderNumber: string;
  currency: string;
  tax: number;
  total: number;
  lines: { title: string; total: number }[];
  series: string | null;
  number: number | null;
}

const receiptOf = statement<Row, [orderId: string]>(
  `select u.name, u.email, u.locale, o.order_number as "orderNumber", o.currency, o.tax, o.total, i.series, i.number,
          (select json_agg(json_build_object('title', t.title, 'total', t.total) order by t.id) from order_items t where t.order_id = o.id) as lines
     from orders o join people_in_full u on u.id = o.user_id left join invoices i on i.order_id = o.id and i.kind = 'INVOICE'
    where o.id = $1::uuid and u.deleted_at is null`,
);

/** Mails a buyer the receipt of their order once the transaction commits. Who has left the school gets none. */
export async function sendReceipt(ctx: Context, { orderId }: { orderId: string }): Promise<void> {
  const [order] = await ctx.db.sql(receiptOf, orderId);
  if (!order) return;
  const money = (minor: number) => formatMoney({ minor, currency: order.currency }, order.locale);
  await sendMail(ctx, receiptMail, order.email, {
    name: order.name,
    orderNumber: order.orderNumber,
    lines: order.lines.map(({ title, total }) => ({ title, amount: money(total) })),
    tax: order.tax > 0 ? money(order.tax) : null,
    total: money(order.total),
    invoiceNumber: order.series && order.number ? invoiceNumber(order.series, order.number) : null,
    orderUrl: `${runtime().config.origin}/orders/${order.orderNumber}`,
  });
}

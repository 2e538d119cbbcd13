import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { sendMail } from '#platform/mail.server.ts';
import { formatMoney } from '#platform/money.ts';
import { runtime } from '#platform/runtime.server.ts';
import { refundedMail } from '../emails/refunded.ts';
import { invoiceNumber } from '../invoices/snapshot.ts';

interface Row {
  name: string;
  email: string;
  locale: string;
  orderNumber: string;
  amount: number;
  currency: string;
  lines: { title: string; amount: number }[];
  series: string | null;
  number: number | null;
}

const refundOf = statement<Row, [refundId: string]>(
  `select u.name, u.email, u.locale, o.order_number as "orderNumber", r.amount, r.currency, n.series, n.number,
          (select json_agg(json_build_object('title', t.title, 'amount', x.amount) order by t.id)
             from refund_items x join order_items t on t.id = x.order_item_id where x.refund_id = r.id) as lines
     from refunds r join payments p on p.id = r.payment_id join orders o on o.id = p.order_id join people_in_full u on u.id = o.user_id
     left join invoices n on n.refund_id = r.id
    where r.id = $1::uuid and u.deleted_at is null`,
);

/** Mails a buyer what they get back, once the transaction commits. Who has left the school gets none. */
export async function sendRefundMail(ctx: Context, { refundId, hasEnded }: { refundId: string; hasEnded: string[] }): Promise<void> {
  const [refund] = await ctx.db.sql(refundOf, refundId);
  if (!refund) return;
  const money = (minor: number) => formatMoney({ minor, currency: refund.currency }, refund.locale);
  await sendMail(ctx, refundedMail, refund.email, {
    name: refund.name,
    orderNumber: refund.orderNumber,
    amount: money(refund.amount),
    lines: refund.lines.map(({ title, amount }) => ({ title, amount: money(amount) })),
    ended: hasEnded,
    creditNoteNumber: refund.series && refund.number ? invoiceNumber(refund.series, refund.number) : null,
    orderUrl: `${runtime().config.origin}/orders/${refund.orderNumber}`,
  });
}

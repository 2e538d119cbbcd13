import { type DeedLine, deedsAbout } from '#features/accounts/index.server.ts';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { alarmInWords } from '../alarms/alarm-words.ts';
import { detailsOf, type OrderDetails, type OrderRow, orderByNumber } from './order-details.ts';
import { isSettled } from './order-status.ts';
import { requireShopKeeper } from './shop-keeper.ts';

/** An order as who looks after orders sees it. */
export interface AdminOrder {
  order: OrderDetails;
  buyer: { id: string; name: string; email: string };
  alarms: { id: string; title: string; raisedAt: Date; isResolved: boolean }[];
  history: DeedLine[];
  may: { refund: boolean; markPaid: boolean; cancel: boolean; resendReceipt: boolean };
}

interface Around {
  buyer: AdminOrder['buyer'];
  alarms: { id: string; kind: string; raisedAt: string; isResolved: boolean }[];
}

const around = statement<Around, [number: string]>(
  `select json_build_object('id', u.id, 'name', u.name, 'email', u.email) as buyer,
          coalesce((select json_agg(json_build_object('id', a.id, 'kind', a.kind, 'raisedAt', a.raised_at, 'isResolved', a.resolved_at is not null)
                                    order by a.id desc)
                      from (select * from shop_alarms a where a.order_id = o.id order by a.id desc limit 20) a), '[]') as alarms
     from orders o join people_in_full u on u.id = o.user_id where o.order_number = $1`,
);

/** Everything about an order, what was done with it lately, and what may be done now. Three queries. */
export async function adminOrder(ctx: Context, input: { number: string }): Promise<AdminOrder> {
  requireShopKeeper(ctx);
  const [[row], [beside], history] = await asActor(ctx, (sql) =>
    Promise.all([
      sql(orderByNumber, input.number),
      sql(around, input.number),
      deedsAbout(sql, { subjectType: 'order', subjectId: input.number }),
    ]),
  );
  if (!row || !beside) throw new AppError('not-found', 'There is no order of this number.');
  const order = detailsOf(row);
  return {
    order,
    buyer: beside.buyer,
    alarms: beside.alarms.map(({ kind, ...alarm }) => ({ ...alarm, title: alarmInWords(kind).title, raisedAt: new Date(alarm.raisedAt) })),
    history,
    may: mayBeDone(row, order),
  };
}

function mayBeDone(row: OrderRow, order: OrderDetails): AdminOrder['may'] {
  const left = order.items.reduce((sum, item) => sum + item.total - item.refunded - item.waiting, 0);
  const isPaid = row.payments.some(({ status }) => status === 'PAID');
  const isDisputed = order.disputes.some(({ status }) => status !== 'WON');
  return {
    refund: isPaid && left > 0 && !isDisputed,
    markPaid: !isSettled(order.status) && !isPaid && row.payments.some(({ provider }) => provider === 'bank'),
    cancel: order.status === 'PENDING',
    resendReceipt: isSettled(order.status),
  };
}

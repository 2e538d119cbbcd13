import { type Context, requirePerson, system } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { maySeeOrder } from '../checkout/policy.ts';
import type { OrderStatus } from './order-status.ts';

/** An order of the acting person, as far as paying it goes. */
export interface OwnOrder {
  id: string;
  number: string;
  buyerId: string;
  status: OrderStatus;
  currency: string;
  total: number;
  expiresAt: Date | null;
  isLate: boolean;
  titles: string[];
  membership: { interval: 'MONTH' | 'YEAR'; trialDays: number | null; amount: number } | null;
  /** The payment that counts: the one that is open, else the last one that was tried. */
  payment: { id: string; provider: string; sessionId: string | null; status: string; failureReason: string | null } | null;
}

const byNumber = statement<OwnOrder, [number: string, moment: string]>(
  `select o.id, o.order_number as number, o.user_id as "buyerId", o.status, o.currency, o.total, o.expires_at as "expiresAt",
          coalesce(o.expires_at <= $2::timestamptz, false) as "isLate",
          (select array_agg(i.title order by i.id) from order_items i where i.order_id = o.id) as titles,
          (select json_build_object('interval', i.product_snapshot -> 'interval', 'trialDays', i.product_snapshot -> 'trialDays',
                                    'amount', i.product_snapshot -> 'recurringAmount')
             from order_items i where i.order_id = o.id and i.product_snapshot ->> 'type' = 'MEMBERSHIP' limit 1) as membership,
          (select json_build_object('id', p.id, 'provider', p.provider, 'sessionId', p.session_id, 'status', p.status, 'failureReason', p.failure_reason)
             from payments p where p.order_id = o.id order by p.status in ('PAID', 'REFUNDED') desc, p.status = 'PENDING' desc, p.created_at desc, p.id desc limit 1) as payment
     from orders o where o.order_number = $1`,
);

/** The acting person's order of a number; to everybody else it is not there. */
export async function ownOrder(ctx: Context, number: string): Promise<OwnOrder> {
  requirePerson(ctx);
  const [order] = await asActor({ ...ctx, actor: system }, (sql) => sql(byNumber, number, ctx.now.toISOString()));
  if (!order || !maySeeOrder(ctx.actor, order)) throw new AppError('not-found', 'There is no such order among yours.');
  return order;
}

import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { maySeeOrder } from '../checkout/policy.ts';
import { shopSettingsOfSchool } from '../settings/shop-settings.ts';
import { detailsOf, type OrderDetails, orderByNumber } from './order-details.ts';
import { isSettled } from './order-status.ts';

/** An order as its buyer sees it, and what they can do with it. */
export interface OrderPage {
  order: OrderDetails;
  /** Where it can still be paid. */
  payAt: string | null;
  hasReceipt: boolean;
  /** How to ask for the money back, while there is time for it. */
  refund: { until: Date; email: string } | null;
}

const dayMs = 86_400_000;

/** An order of the acting person; to everybody else it is not there. Two queries. */
export async function orderPage(ctx: Context, input: { number: string }): Promise<OrderPage> {
  requirePerson(ctx);
  const [[row], [settings]] = await asActor(ctx, (sql) => Promise.all([sql(orderByNumber, input.number), sql(shopSettingsOfSchool)]));
  if (!row || !settings || !maySeeOrder(ctx.actor, row)) throw new AppError('not-found', 'There is no such order among yours.');
  const order = detailsOf(row);
  const waits = order.status === 'PENDING' && !(order.expiresAt && order.expiresAt <= ctx.now);
  const until = order.completedAt && new Date(order.completedAt.getTime() + settings.refundDays * dayMs);
  const hasMoney = isSettled(order.status) && order.refunded < order.total && order.disputes.every(({ status }) => status === 'WON');
  return {
    order,
    payAt: waits || order.status === 'PROCESSING' ? `/checkout/${order.number}` : null,
    hasReceipt: isSettled(order.status),
    refund: hasMoney && until && until > ctx.now && settings.sellerEmail ? { until, email: settings.sellerEmail } : null,
  };
}

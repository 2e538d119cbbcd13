import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { ownOrder } from '../orders/own-order.ts';
import { providerNamed } from '../providers/providers.ts';
import { endOrder } from '../settlement/end-order.ts';
import { requireBuyer } from './buyer.ts';
import { settleIfPaid } from './look-at-order.ts';

/** Gives up an order that waits for its money, and frees its coupon. One that was paid meanwhile is settled instead. Done twice, it is done. */
export async function cancelOrder(ctx: Context, input: { number: string }): Promise<void> {
  requireBuyer(ctx);
  let order = await ownOrder(ctx, input.number);
  if (await settleIfPaid(ctx, order)) order = await ownOrder(ctx, input.number);
  if (order.status === 'CANCELLED') return;
  if (order.status !== 'PENDING') throw new AppError('conflict', 'This order is paid. Ask for a refund instead.');
  const school = { ...ctx, actor: system };
  if (order.payment?.sessionId) await providerNamed(order.payment.provider).closeSession(school, order.payment.sessionId);
  await inTransaction(school, (ctx) => endOrder(ctx, { orderId: order.id, sessionId: null, ending: 'cancelled' }));
}

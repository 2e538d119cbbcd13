import type { Context } from '#platform/context.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import { ownedCourses } from '../items/bought-item.ts';
import { holdBuyer } from '../orders/hold-buyer.ts';
import { bankProvider } from '../providers/bank.ts';
import { finishRefundJob } from '../refunds/finish-refund.ts';
import { holdPaidOrder } from '../refunds/held-order.ts';
import { openRefund } from '../refunds/open-refund.ts';
import type { OrderToSettle } from './order-to-settle.ts';

/** The items of an order that is about to be settled whose courses its buyer has all by another way. Holds their buying: two orders that are paid at once see each other. */
export async function doublesOf(ctx: Context, order: OrderToSettle): Promise<string[]> {
  const own = order.items.filter(({ isGift, quantity, total }) => !isGift && quantity === 1 && total > 0);
  const bought = own.filter(({ product }) => product.type !== 'MEMBERSHIP' && product.courses.length > 0);
  const courseIds = bought.flatMap(({ product }) => product.courses.map(({ id }) => id));
  // A second statement: it sees what whoever held before this one has given.
  const [, owned] = await Promise.all([
    ctx.db.sql(holdBuyer, order.buyerId),
    ctx.db.sql(ownedCourses, order.buyerId, courseIds, ctx.now.toISOString()),
  ]);
  const known = new Set<string>(owned.map(({ courseId }) => courseId));
  return bought.filter(({ product }) => product.courses.every(({ id }) => known.has(id))).map(({ id }) => id);
}

/**
 * Gives back by rule what somebody has paid for and had already, in the transaction that settled it: the job sends it. What has to be sent by hand the school is asked for.
 */
export async function giveBackDoubles(ctx: Context, { number, itemIds }: { number: string; itemIds: readonly string[] }): Promise<void> {
  const order = itemIds.length > 0 ? await holdPaidOrder(ctx, { number }) : undefined;
  if (!order) return;
  const doubles = order.items.filter(({ id }) => itemIds.includes(id));
  if (order.provider === bankProvider.name) {
    const amount = doubles.reduce((sum, { total }) => sum + total, 0);
    const details = { amount, currency: order.currency, orderNumber: number, titles: doubles.map(({ title }) => title).join(', ') };
    await raiseAlarm(ctx, { key: `bought-twice:${order.id}`, kind: 'bought-twice', orderId: order.id, details });
    return;
  }
  const parts = doubles.map(({ id, total }) => ({ itemId: id, amount: total }));
  const refundId = await openRefund(ctx, order, { parts, reason: 'It was bought before', createdById: null, providerRefundId: null });
  await enqueue(ctx, finishRefundJob, { refundId });
}

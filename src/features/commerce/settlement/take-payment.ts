import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import { isSettled } from '../orders/order-status.ts';
import type { ProviderEvent } from '../providers/provider.ts';
import { doublesOf, giveBackDoubles } from './doubles.ts';
import { type OrderToSettle, orderToSettle } from './order-to-settle.ts';
import type { Outcome } from './outcome.ts';
import { keepPayment, settleOrder } from './settle-order.ts';
import { standsStill } from './stands-still.ts';

type Paid = Extract<ProviderEvent, { kind: 'paid' }>;

const orderOfPayment = statement<{ orderId: string }, [provider: string, paymentId: string]>(
  `select order_id as "orderId" from payments where provider = $1 and provider_payment_id = $2`,
);

/**
 * Takes money that a provider says has come: settles its order, and gives back what its buyer had already; or refuses what does not match and tells the school, which has
 * the money.
 */
export async function takePayment(ctx: Context, provider: string, event: Paid): Promise<Outcome> {
  const order = isId(event.orderId) ? await orderToSettle(ctx, event.orderId) : undefined;
  const [known] = await ctx.db.sql(orderOfPayment, provider, event.paymentId);
  if (known && known.orderId === order?.id) return { applied: 'already' };
  const refuse = (kind: string, note: string) => refuseMoney(ctx, { provider, event, order, kind, note });
  if (!order || known) return refuse('unknown-order', 'It pays for an order that is not there.');
  if (isSettled(order.status)) return refuse('paid-twice', `Order ${order.number} was paid before, by another payment.`);
  if (event.paid.minor !== order.total || event.paid.currency !== order.currency)
    return refuse('amount-differs', `Order ${order.number} asks for ${order.total} ${order.currency}, in the smallest unit.`);
  const payment = { provider, paymentId: event.paymentId, sessionId: event.sessionId };
  const doubles = await doublesOf(ctx, order);
  if (order.status !== 'PENDING' && order.status !== 'PROCESSING' && !(await standsStill(ctx, order, doubles))) {
    await keepPayment(ctx, order, payment);
    return refuse('paid-late', `Order ${order.number} was given up before, and cannot be fulfilled any more: the money has to go back.`);
  }
  await settleOrder(ctx, order, { ...payment, subscription: event.subscription });
  await giveBackDoubles(ctx, { number: order.number, itemIds: doubles });
  return { applied: 'applied' };
}

interface Refusal {
  provider: string;
  event: Paid;
  order: OrderToSettle | undefined;
  kind: string;
  note: string;
}

async function refuseMoney(ctx: Context, { provider, event, order, kind, note }: Refusal): Promise<Outcome> {
  const { minor, currency } = event.paid;
  await raiseAlarm(ctx, {
    key: `${kind}:${provider}:${event.paymentId}`,
    kind,
    orderId: order?.id ?? null,
    details: { provider, paymentId: event.paymentId, amount: minor, currency, orderNumber: order?.number ?? null, note },
  });
  return { applied: 'refused', note };
}

import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { addOpenPayment } from '../orders/open-payment.ts';
import type { OrderStatus } from '../orders/order-status.ts';
import { ownOrder } from '../orders/own-order.ts';
import type { PaymentProvider } from '../providers/provider.ts';
import { offeredBy, providerNamed, providers } from '../providers/providers.ts';
import { requireBuyer } from './buyer.ts';
import { settleIfPaid } from './look-at-order.ts';

const hold = statement<{ status: OrderStatus }, [orderId: string]>('select status from orders where id = $1::uuid for no key update');

const leavePayments = statement<unknown, [orderId: string, moment: string]>(
  `update payments set status = 'FAILED', failure_reason = 'The buyer chose another way to pay.', updated_at = $2::timestamptz
    where order_id = $1::uuid and status = 'PENDING'`,
);

// For as long as the new way takes, and never longer than an order of the slowest one: changing back and forth holds no coupon for good.
const wait = statement<unknown, [orderId: string, minutes: number, longestMinutes: number, moment: string]>(
  `update orders set expires_at = least($4::timestamptz + $2 * interval '1 minute', created_at + $3 * interval '1 minute'), updated_at = $4::timestamptz
    where id = $1::uuid`,
);

/** The ways to pay that the school offers and an order that waits can still change to. */
export function otherWaysOf(
  settings: { bankDetails: string },
  { membership, payment }: { membership: unknown; payment: { provider: string } | null },
): PaymentProvider[] {
  return offeredBy(settings).filter(({ name, takesMemberships }) => name !== payment?.provider && (takesMemberships || !membership));
}

/** Lets the buyer of an order that waits pay it another way. The way before is closed first: what was paid there meanwhile settles the order. Chosen twice, it is chosen. */
export async function payAnotherWay(ctx: Context, input: { number: string; provider: string }): Promise<void> {
  const buyer = requireBuyer(ctx);
  const order = await ownOrder(ctx, input.number);
  if (order.payment?.provider === input.provider || (await settleIfPaid(ctx, order))) return;
  if (order.status !== 'PENDING' || order.isLate) throw new AppError('conflict', 'This order is not waiting for money any more.');
  const offered = await providers(ctx);
  const next = offered.find(({ name, takesMemberships }) => name === input.provider && (takesMemberships || !order.membership));
  if (!next) throw new AppError('conflict', 'The school does not take this way to pay. Look again.');
  const school = { ...ctx, actor: system };
  if (order.payment?.sessionId) await providerNamed(order.payment.provider).closeSession(school, order.payment.sessionId);
  await inTransaction(school, async (ctx) => {
    const [held] = await ctx.db.sql(hold, order.id);
    if (held?.status !== 'PENDING') throw new AppError('conflict', 'This order is not waiting for money any more.');
    await ctx.db.sql(leavePayments, order.id, ctx.now.toISOString());
    await addOpenPayment(ctx, { orderId: order.id, buyerId: buyer.id, provider: next.name, amount: order.total, currency: order.currency });
    const longest = Math.max(...offered.map(({ minutesToPay }) => minutesToPay));
    await ctx.db.sql(wait, order.id, next.minutesToPay, longest, ctx.now.toISOString());
  });
}

import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import type { ProviderEvent } from '../providers/provider.ts';
import { bookRefund } from './book-refund.ts';
import { type HeldOrder, holdPaidOrder } from './held-order.ts';
import { openRefund } from './open-refund.ts';
import { spreadRefund } from './spread-refund.ts';

type RefundEvent = Extract<ProviderEvent, { kind: 'refunded' | 'refund-failed' }>;
type Refunded = Extract<ProviderEvent, { kind: 'refunded' }>;

interface Known {
  id: string;
  providerRefundId: string | null;
  status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
}

// The provider may tell of a refund before its answer to us was written down: then it is one of ours that waits without its name.
const knownRefund = statement<Known, [paymentId: string, providerRefundId: string, amount: number | null]>(
  `select id, provider_refund_id as "providerRefundId", status from refunds
    where payment_id = $1::uuid and (provider_refund_id = $2 or (provider_refund_id is null and status = 'PENDING' and amount = $3))
    order by provider_refund_id = $2 desc nulls last, id limit 1`,
);
const fail = statement<unknown, [refundId: string, providerRefundId: string, moment: string]>(
  `update refunds set status = 'FAILED', provider_refund_id = $2, updated_at = $3::timestamptz where id = $1::uuid and status = 'PENDING'`,
);

/**
 * Takes in what a provider says of a refund, in one transaction: one of ours, or one that somebody made at the provider's own pages. The latter names no item, and falls
 * on all of them in proportion to what is left of each. Told twice, it happens once.
 */
export async function settleRefund(ctx: Context, { provider, event }: { provider: string; event: RefundEvent }): Promise<void> {
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const order = await holdPaidOrder(ctx, { provider, providerPaymentId: event.paymentId });
    if (!order) return tellOf(ctx, 'unknown-payment', null, provider, event);
    const amount = event.kind === 'refunded' ? event.refunded.minor : null;
    const [known] = await ctx.db.sql(knownRefund, order.paymentId, event.refundId, amount);
    if (event.kind === 'refund-failed') return failRefund(ctx, order, known, provider, event);
    if (known?.status === 'FAILED') return tellOf(ctx, 'refund-differs', order, provider, event);
    const id = known?.id ?? (await takeIn(ctx, order, provider, event));
    if (id) await bookRefund(ctx, order, { id, providerRefundId: event.refundId });
  });
}

/** Writes a refund down that nobody asked us for. What would be more than was paid is told to the school instead. */
async function takeIn(ctx: Context, order: HeldOrder, provider: string, event: Refunded): Promise<string | null> {
  const { minor, currency } = event.refunded;
  const unpaid = order.items.reduce((sum, item) => sum + item.total - item.refunded, 0);
  const waiting = order.items.reduce((sum, item) => sum + item.waiting, 0);
  if (currency !== order.currency || minor <= 0 || minor > unpaid) {
    await tellOf(ctx, 'refund-differs', order, provider, event);
    return null;
  }
  if (minor > unpaid - waiting)
    throw new AppError('conflict', 'Another refund of this order is still on its way: this one is taken in after it.');
  const parts = spreadRefund(order.items, minor);
  const reason = 'Given back at the payment provider';
  return openRefund(ctx, order, { parts, reason, createdById: null, providerRefundId: event.refundId });
}

async function failRefund(ctx: Context, order: HeldOrder, known: Known | undefined, provider: string, event: RefundEvent): Promise<void> {
  if (known) await ctx.db.sql(fail, known.id, event.refundId, ctx.now.toISOString());
  await tellOf(ctx, 'refund-failed', order, provider, event);
}

async function tellOf(ctx: Context, kind: string, order: HeldOrder | null, provider: string, event: RefundEvent): Promise<void> {
  const { paymentId, refundId } = event;
  const about = event.kind === 'refunded' ? { ...event.refunded } : { reason: event.reason };
  const details = { provider, paymentId, refundId, ...about };
  await raiseAlarm(ctx, { key: `${kind}:${provider}:${refundId}`, kind, orderId: order?.id ?? null, details });
}

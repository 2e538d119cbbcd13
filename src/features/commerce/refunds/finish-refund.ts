import { z } from 'zod';
import { type Context, system } from '#platform/context.ts';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import { providerNamed } from '../providers/providers.ts';
import { bookRefund } from './book-refund.ts';
import { holdPaidOrder } from './held-order.ts';

/** What has become of a refund. `waiting`: the provider has it, or has not answered yet. */
export type RefundOutcome = 'refunded' | 'waiting' | 'failed';

interface Asked {
  status: 'PENDING' | 'SUCCEEDED' | 'FAILED';
  providerRefundId: string | null;
  amount: number;
  currency: string;
  reason: string;
  provider: string;
  providerPaymentId: string;
}

const asked = statement<Asked, [refundId: string]>(
  `select r.status, r.provider_refund_id as "providerRefundId", r.amount, r.currency, r.reason, p.provider, p.provider_payment_id as "providerPaymentId"
     from refunds r join payments p on p.id = r.payment_id where r.id = $1::uuid`,
);
const remember = statement<unknown, [refundId: string, providerRefundId: string, status: 'PENDING' | 'FAILED', moment: string]>(
  `update refunds set provider_refund_id = $2, status = $3::refund_status, updated_at = $4::timestamptz where id = $1::uuid and status = 'PENDING'`,
);

/**
 * Has the provider send a refund that was written down, and books it. The refund's own id is the key: asked again by the job, because somebody was killed in between,
 * the provider sends it once.
 */
export async function finishRefund(ctx: Context, { refundId }: { refundId: string }): Promise<RefundOutcome> {
  const school = { ...ctx, actor: system };
  const [refund] = await asActor(school, (sql) => sql(asked, refundId));
  if (!refund || refund.status === 'FAILED') return 'failed';
  if (refund.status === 'SUCCEEDED') return 'refunded';
  if (refund.providerRefundId) return 'waiting';
  const { provider, providerPaymentId: paymentId, amount: minor, currency, reason } = refund;
  const answer = await providerNamed(provider).refund(ctx, { paymentId, amount: { minor, currency }, reason, key: refundId });
  return inTransaction(school, async (ctx) => {
    const order = await holdPaidOrder(ctx, { refundId });
    if (!order) throw new Error(`The order of the refund ${refundId} is not there.`);
    if (answer.status === 'SUCCEEDED') {
      await bookRefund(ctx, order, { id: refundId, providerRefundId: answer.refundId });
      return 'refunded';
    }
    await ctx.db.sql(remember, refundId, answer.refundId, answer.status, ctx.now.toISOString());
    if (answer.status === 'PENDING') return 'waiting';
    const details = { provider, paymentId, refundId: answer.refundId };
    await raiseAlarm(ctx, { key: `refund-failed:${provider}:${answer.refundId}`, kind: 'refund-failed', orderId: order.id, details });
    return 'failed';
  });
}

/** Goes on with a refund where whoever asked for it could not. */
export const finishRefundJob = defineJob<{ refundId: string }>({
  name: 'commerce.finishRefund',
  schema: z.object({ refundId: z.uuid() }),
  maxAttempts: 12,
  async handler(ctx, payload, run) {
    try {
      await finishRefund(ctx, payload);
    } catch (error) {
      if (run?.isLast) {
        const { refundId } = payload;
        await inTransaction({ ...ctx, actor: system }, async (ctx) => {
          const order = await holdPaidOrder(ctx, { refundId });
          await raiseAlarm(ctx, {
            key: `refund-stuck:${refundId}`,
            kind: 'refund-stuck',
            orderId: order?.id ?? null,
            details: { refundId },
          });
        });
      }
      throw error;
    }
  },
});

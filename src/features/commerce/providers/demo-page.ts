import { z } from 'zod';
import { type Context, requirePerson, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { formatMoney } from '#platform/money.ts';
import { requireBuyer } from '../checkout/buyer.ts';
import { maySeeOrder } from '../checkout/policy.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';
import { type DemoPayment, demoPaid, demoPayment } from './demo.ts';
import { takesDemoMoney } from './providers.ts';

/** A payment as the demo provider's page shows it. */
export interface DemoPage {
  number: string;
  amount: string;
  /** Whether it still waits for an answer. */
  isOpen: boolean;
}

/** How long "later" is: as slow as a real provider's message. */
const laterSeconds = 20;

/** The page on which the demo provider asks; only its buyer finds it, and only while the school takes no real money. */
export async function demoPage(ctx: Context, input: { sessionId: string }): Promise<DemoPage> {
  const { locale } = requirePerson(ctx);
  const payment = await ownDemoPayment(ctx, input.sessionId);
  const amount = formatMoney({ minor: payment.amount, currency: payment.currency }, locale);
  return { number: payment.orderNumber, amount, isOpen: payment.isOpen };
}

/** What the buyer answers on that page: it is followed as the message of any provider is. */
export async function answerDemo(
  ctx: Context,
  input: { sessionId: string; answer: 'pay' | 'decline' | 'later' },
): Promise<{ number: string }> {
  requireBuyer(ctx);
  const payment = await ownDemoPayment(ctx, input.sessionId);
  const { orderId, orderNumber: number, isOpen } = payment;
  if (!isOpen) return { number };
  if (input.answer === 'pay') await applyProviderEvent(ctx, 'demo', demoPaid(payment, ctx.now));
  else if (input.answer === 'decline')
    await applyProviderEvent(ctx, 'demo', {
      kind: 'failed',
      eventId: `demo_declined_${newId()}`,
      type: 'demo.declined',
      happenedAt: ctx.now,
      orderId,
      sessionId: input.sessionId,
      reason: 'The demo payment was declined.',
    });
  else
    await inTransaction({ ...ctx, actor: system }, (ctx) =>
      enqueue(
        ctx,
        payDemoLaterJob,
        { sessionId: input.sessionId },
        { runAt: new Date(ctx.now.getTime() + laterSeconds * 1000), key: input.sessionId },
      ),
    );
  return { number };
}

async function ownDemoPayment(ctx: Context, sessionId: string): Promise<DemoPayment> {
  requirePerson(ctx);
  const payment = await demoPayment(ctx, sessionId);
  if (!payment || !(await takesDemoMoney(ctx)) || !maySeeOrder(ctx.actor, payment))
    throw new AppError('not-found', 'There is no such payment.');
  return payment;
}

/** Pays what somebody said they would pay later. */
export const payDemoLaterJob = defineJob({
  name: 'commerce.payDemoLater',
  schema: z.object({ sessionId: z.string() }),
  handler: async (ctx, { sessionId }) => {
    const payment = await demoPayment(ctx, sessionId);
    if (payment && !payment.isPaid) await applyProviderEvent(ctx, 'demo', demoPaid(payment, ctx.now));
  },
});

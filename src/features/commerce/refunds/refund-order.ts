import { z } from 'zod';
import { audit } from '#features/accounts/index.server.ts';
import { type Context, requirePerson, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { formatMoney } from '#platform/money.ts';
import { requireShopKeeper } from '../orders/shop-keeper.ts';
import { finishRefund, finishRefundJob, type RefundOutcome } from './finish-refund.ts';
import { type HeldOrder, holdPaidOrder } from './held-order.ts';
import { openRefund } from './open-refund.ts';
import { leftOf } from './spread-refund.ts';

const fields = z.object({
  reason: z.string().trim().min(1, 'Say why: it stands on the credit note.').max(500, 'At most 500 characters.'),
  amount: z.int('Write an amount, such as 49.').min(1, 'Write an amount, such as 49.').nullable(),
});

/** What goes back: an item, whole or an amount of it, or without an item all that is left of the order. */
export interface WantedRefund {
  number: string;
  itemId: string | null;
  amount: number | null;
  reason: string;
}

/** How long the job leaves to whoever asked. */
const patienceMs = 60_000;

/**
 * Gives money back for an order that was paid. First it is written down, with the job that finishes it should we be killed; then the provider is asked; then everything
 * that follows is booked.
 */
export async function refundOrder(ctx: Context, input: WantedRefund): Promise<RefundOutcome> {
  requireShopKeeper(ctx);
  const { reason, amount } = parseInput(fields, { reason: input.reason, amount: input.amount });
  const person = requirePerson(ctx);
  const refundId = await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const order = await holdPaidOrder(ctx, { number: input.number });
    if (!order) throw new AppError('not-found', 'There is no paid order of this number.');
    if (order.isDisputed) throw new AppError('conflict', 'The buyer’s bank calls this payment back: what it decides moves the money.');
    const parts = partsOf(order, input.itemId, amount);
    const id = await openRefund(ctx, order, { parts, reason, createdById: person.id, providerRefundId: null });
    await enqueue(ctx, finishRefundJob, { refundId: id }, { runAt: new Date(ctx.now.getTime() + patienceMs) });
    const minor = parts.reduce((sum, part) => sum + part.amount, 0);
    await audit(
      { ...ctx, actor: person },
      {
        action: 'commerce.refundAsked',
        subjectType: 'order',
        subjectId: order.number,
        after: { order: order.number, amount: formatMoney({ minor, currency: order.currency }, 'en'), reason },
      },
    );
    return id;
  });
  try {
    return await finishRefund(ctx, { refundId });
  } catch (error) {
    // It is written down, and the job goes on with it.
    ctx.log.warn({ err: error, refundId }, 'the provider did not answer a refund');
    return 'waiting';
  }
}

function partsOf(order: HeldOrder, itemId: string | null, amount: number | null): { itemId: string; amount: number }[] {
  if (itemId === null) {
    const parts = order.items.map((item) => ({ itemId: item.id, amount: leftOf(item) })).filter((part) => part.amount > 0);
    if (parts.length === 0) throw new AppError('conflict', 'Everything that was paid for this order is given back, or on its way.');
    return parts;
  }
  const item = order.items.find(({ id }) => id === itemId);
  if (!item) throw new AppError('not-found', 'There is no such item in this order.');
  const left = leftOf(item);
  if (left === 0) throw new AppError('conflict', 'Everything that was paid for this is given back, or on its way.');
  if (amount !== null && amount > left) {
    const most = formatMoney({ minor: left, currency: order.currency }, 'en');
    throw new AppError('invalid', 'That is more than is left of it.', { fields: { amount: `At most ${most}.` } });
  }
  return [{ itemId, amount: amount ?? left }];
}

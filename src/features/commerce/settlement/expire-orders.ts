import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { providerNamed } from '../providers/providers.ts';
import { applyProviderEvent } from './apply-provider-event.ts';

interface DueOrder {
  orderId: string;
  number: string;
  provider: string | null;
  sessionId: string | null;
  /** Its provider has not answered for a day. */
  isOverdue: boolean;
}

const atATime = 100;

const due = statement<DueOrder, [moment: string, dayBefore: string]>(
  `select o.id as "orderId", o.order_number as number, p.provider, p.session_id as "sessionId", o.expires_at <= $2::timestamptz as "isOverdue"
     from orders o
     left join lateral (select provider, session_id from payments where order_id = o.id order by status = 'PENDING' desc, created_at desc, id desc limit 1) p on true
    where o.status = 'PENDING' and o.expires_at <= $1::timestamptz order by o.expires_at limit ${atATime}`,
);

/** Gives up the orders whose time to pay ran out, and frees their coupons. Each is looked up at its provider first: what was paid is settled. */
export async function expireOrders(ctx: Context): Promise<void> {
  const dayBefore = new Date(ctx.now.getTime() - 86_400_000).toISOString();
  for (const order of await inTransaction(ctx, (ctx) => ctx.db.sql(due, ctx.now.toISOString(), dayBefore))) {
    try {
      await expireOrder(ctx, order);
    } catch (error) {
      ctx.log.error({ err: error, order: order.number }, 'an order could not be given up');
    }
  }
}

async function expireOrder(ctx: Context, order: DueOrder): Promise<void> {
  const { orderId, sessionId } = order;
  const provider = order.provider ?? 'none';
  if (order.provider && sessionId && (await wasPaid(ctx, { ...order, provider, sessionId }))) return;
  await applyProviderEvent(ctx, provider, {
    kind: 'expired',
    eventId: `end_${orderId}`,
    type: 'order.expired',
    happenedAt: ctx.now,
    orderId,
    sessionId: sessionId ?? '',
  });
}

/** Asks the provider a last time, and closes the session so that nobody pays it later. A provider that does not answer for a day, or is gone, is not waited for. */
async function wasPaid(ctx: Context, order: DueOrder & { provider: string; sessionId: string }): Promise<boolean> {
  try {
    const provider = providerNamed(order.provider);
    const found = await provider.lookUp(ctx, order.sessionId);
    if (found.kind === 'paid') return (await applyProviderEvent(ctx, order.provider, found)) === 'applied';
    if (found.kind !== 'expired') await provider.closeSession(ctx, order.sessionId);
    return false;
  } catch (error) {
    if (order.isOverdue && error instanceof AppError) return false;
    throw error;
  }
}

/** Does so every minute. */
export const expireOrdersJob = defineJob({
  name: 'commerce.expireOrders',
  schema: z.object({}),
  schedule: '* * * * *',
  maxAttempts: 1,
  handler: (ctx) => expireOrders(ctx),
});

import { audit } from '#features/accounts/index.server.ts';
import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { formatMoney } from '#platform/money.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';
import { requireShopKeeper } from './shop-keeper.ts';

interface Transfer {
  id: string;
  number: string;
  total: number;
  currency: string;
  sessionId: string;
}

const transferOf = statement<Transfer, [number: string]>(
  `select o.id, o.order_number as number, o.total, o.currency, p.session_id as "sessionId"
     from orders o join payments p on p.order_id = o.id and p.provider = 'bank' and p.status in ('PENDING', 'FAILED')
    where o.order_number = $1 and o.completed_at is null and not exists (select from payments d where d.order_id = o.id and d.status in ('PAID', 'REFUNDED'))
    order by p.id desc limit 1`,
);

/** Says that the transfer for an order has come, in full: it is settled as if a provider had told so. Said twice, it is settled once. */
export async function markPaid(ctx: Context, input: { number: string }): Promise<'settled' | 'refused'> {
  requireShopKeeper(ctx);
  const { actor } = ctx;
  const order = await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const [order] = await ctx.db.sql(transferOf, input.number);
    if (!order) throw new AppError('conflict', 'No bank transfer is awaited for this order.');
    const amount = formatMoney({ minor: order.total, currency: order.currency }, 'en');
    await audit(
      { ...ctx, actor },
      { action: 'commerce.markedPaid', subjectType: 'order', subjectId: order.number, after: { order: order.number, amount } },
    );
    return order;
  });
  const applied = await applyProviderEvent(ctx, 'bank', {
    kind: 'paid',
    eventId: `bank_paid_${order.id}`,
    type: 'bank.confirmed',
    happenedAt: ctx.now,
    orderId: order.id,
    sessionId: order.sessionId,
    paymentId: `bank_${order.number}`,
    paid: { minor: order.total, currency: order.currency },
    subscription: null,
  });
  return applied === 'refused' ? 'refused' : 'settled';
}

import { audit } from '#features/accounts/index.server.ts';
import { type Context, system } from '#platform/context.ts';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { providerNamed } from '../providers/providers.ts';
import { applyProviderEvent } from '../settlement/apply-provider-event.ts';
import { endOrder } from '../settlement/end-order.ts';
import { requireShopKeeper } from './shop-keeper.ts';

interface Waiting {
  id: string;
  number: string;
  status: string;
  provider: string | null;
  sessionId: string | null;
}

const waiting = statement<Waiting, [number: string]>(
  `select o.id, o.order_number as number, o.status, p.provider, p.session_id as "sessionId"
     from orders o left join payments p on p.order_id = o.id and p.status = 'PENDING' where o.order_number = $1`,
);

/** Gives up an order that waits for its money, for its buyer, and frees its coupon. One that was paid meanwhile is settled instead. Done twice, it is done. */
export async function cancelPendingOrder(ctx: Context, input: { number: string }): Promise<void> {
  requireShopKeeper(ctx);
  const { actor } = ctx;
  const school = { ...ctx, actor: system };
  const [order] = await asActor(school, (sql) => sql(waiting, input.number));
  if (!order) throw new AppError('not-found', 'There is no order of this number.');
  if (order.status === 'CANCELLED') return;
  const { id: orderId, number, provider, sessionId } = order;
  if (provider && sessionId) {
    const event = await providerNamed(provider).lookUp(school, sessionId);
    const isPaid = event.kind === 'paid' && (await applyProviderEvent(school, provider, event)) !== 'refused';
    if (isPaid) throw new AppError('conflict', 'This order was paid a moment ago. Give the money back instead.');
    await providerNamed(provider).closeSession(school, sessionId);
  }
  await inTransaction(school, async (ctx) => {
    if (!(await endOrder(ctx, { orderId, sessionId: null, ending: 'cancelled' })))
      throw new AppError('conflict', 'Only an order that waits for its money can be cancelled.');
    await audit(
      { ...ctx, actor },
      { action: 'commerce.orderCancelled', subjectType: 'order', subjectId: number, after: { order: number } },
    );
  });
}

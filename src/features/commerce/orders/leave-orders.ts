import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { endOrder } from '../settlement/end-order.ts';

const waitingOf = statement<{ id: string }, [userId: string]>(
  `select id from orders where user_id = $1::uuid and status = 'PENDING' order by id`,
);

/**
 * Gives up what somebody who closes their account has ordered and not paid, so that nothing is opened for nobody: money that comes all the same is shown to the school, to go
 * back. In a transaction of the school.
 */
export async function leaveOrders(ctx: Context, { userId }: { userId: string }): Promise<void> {
  for (const { id } of await ctx.db.sql(waitingOf, userId)) await endOrder(ctx, { orderId: id, sessionId: null, ending: 'cancelled' });
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { followDispute } from '../disputes/follow-dispute.ts';
import { followSubscription } from '../memberships/follow-subscription.ts';
import type { ProviderEvent } from '../providers/provider.ts';
import { settleRefund } from '../refunds/settle-refund.ts';
import { endOrder } from './end-order.ts';
import type { Outcome } from './outcome.ts';
import { takePayment } from './take-payment.ts';

const payment = statement<{ id: string }, [provider: string, paymentId: string]>(
  `select id from payments where provider = $1 and provider_payment_id = $2 and status in ('PAID', 'REFUNDED')`,
);

const noteFailure = statement<{ id: string }, [orderId: string, provider: string, reason: string, moment: string]>(
  `update payments p set status = 'FAILED', failure_reason = $3, updated_at = $4::timestamptz
    where p.provider = $2 and p.status = 'PENDING' and p.order_id = (select id from orders where id = $1::uuid and status = 'PENDING' for no key update)
   returning p.id`,
);

/** Does what an event asks for, in its transaction. */
export async function followEvent(ctx: Context, provider: string, event: ProviderEvent): Promise<Outcome> {
  switch (event.kind) {
    case 'paid':
      return takePayment(ctx, provider, event);
    case 'failed': {
      const reason = event.reason.trim() || 'The payment did not go through.';
      const [failed] = isId(event.orderId) ? await ctx.db.sql(noteFailure, event.orderId, provider, reason, ctx.now.toISOString()) : [];
      return { applied: failed ? 'applied' : 'already' };
    }
    case 'expired':
      return {
        applied: (await endOrder(ctx, { orderId: event.orderId, sessionId: event.sessionId, ending: 'expired' })) ? 'applied' : 'already',
      };
    case 'refunded':
    case 'refund-failed':
    case 'dispute':
      if (!(await ctx.db.sql(payment, provider, event.paymentId))[0]) return { applied: 'waits', note: 'Waits for its payment.' };
      if (event.kind === 'dispute') await followDispute(ctx, { provider, event });
      else await settleRefund(ctx, { provider, event });
      return { applied: 'applied' };
    case 'renewed':
    case 'renewal-failed':
    case 'subscription':
      return followSubscription(ctx, { provider, event });
    case 'other':
      return { applied: 'ignored' };
  }
}

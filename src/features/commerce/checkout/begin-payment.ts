import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { runtime } from '#platform/runtime.server.ts';
import { type OwnOrder, ownOrder } from '../orders/own-order.ts';
import { demoProvider } from '../providers/demo.ts';
import type { PayableOrder } from '../providers/provider.ts';
import { providerNamed, takesDemoMoney } from '../providers/providers.ts';
import { requireBuyer } from './buyer.ts';

const reopen = statement<unknown, [paymentId: string, moment: string]>(
  `update payments p set status = 'PENDING', updated_at = $2::timestamptz
    where p.id = $1::uuid and p.status = 'FAILED' and exists (select from orders o where o.id = p.order_id and o.status = 'PENDING')`,
);

const keepSession = statement<unknown, [paymentId: string, sessionId: string, moment: string]>(
  `update payments set session_id = $2, updated_at = $3::timestamptz where id = $1::uuid and session_id is distinct from $2`,
);

/**
 * Where the buyer of an order that waits pays it. The session is opened outside any transaction: whoever asks again, after a failure in between or a payment that was
 * declined, is led to the same one.
 */
export async function beginPayment(ctx: Context, input: { number: string }): Promise<{ url: string; title: string }> {
  const buyer = requireBuyer(ctx);
  const order = await ownOrder(ctx, input.number);
  const { payment } = order;
  if (order.status !== 'PENDING' || order.isLate || !payment)
    throw new AppError('conflict', 'This order is not waiting for money any more.');
  const school = { ...ctx, actor: system };
  const provider = providerNamed(payment.provider);
  if (provider === demoProvider && !(await takesDemoMoney(ctx)))
    throw new AppError('conflict', 'The demo payment is not there any more. Choose another way to pay.');
  await inTransaction(school, (ctx) => ctx.db.sql(reopen, payment.id, ctx.now.toISOString()));
  const session = await provider.openSession(school, payableOrder(order, payment.id, buyer));
  await inTransaction(school, (ctx) => ctx.db.sql(keepSession, payment.id, session.sessionId, ctx.now.toISOString()));
  return { url: session.url, title: provider.title };
}

function payableOrder(order: OwnOrder, paymentId: string, buyer: { id: string; email: string; name: string }): PayableOrder {
  const { currency, membership } = order;
  const url = `${runtime().config.origin}/checkout/${order.number}`;
  const more = order.titles.length - 1;
  return {
    orderId: order.id,
    orderNumber: order.number,
    paymentId,
    total: { minor: order.total, currency },
    title: more > 0 ? `${order.titles[0]} and ${more} more` : (order.titles[0] ?? order.number),
    buyer: { userId: buyer.id, email: buyer.email, name: buyer.name },
    returnUrl: url,
    cancelUrl: url,
    expiresAt: order.expiresAt ?? new Date(Date.UTC(9999, 0)),
    membership: membership && {
      interval: membership.interval,
      trialDays: membership.trialDays,
      amount: { minor: membership.amount, currency },
    },
  };
}

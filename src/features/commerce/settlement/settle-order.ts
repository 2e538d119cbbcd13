import { grantAccess } from '#features/learning/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { splitMoney } from '#platform/money.ts';
import { postSale } from '../books/post-sale.ts';
import { openGift } from '../gifts/open-gift.ts';
import { issueInvoice } from '../invoices/issue-invoice.ts';
import { beginMembership } from '../memberships/begin-membership.ts';
import { mayBecome } from '../orders/order-status.ts';
import { sendReceipt } from '../orders/send-receipt.ts';
import type { ProviderSubscription } from '../providers/provider.ts';
import { openSeats } from '../seats/open-seats.ts';
import type { ItemToSettle, OrderToSettle } from './order-to-settle.ts';

/** The money that settles an order. */
export interface SettlingPayment {
  provider: string;
  paymentId: string;
  sessionId: string;
}

type PaymentValues = [orderId: string, provider: string, sessionId: string, paymentId: string, moment: string];

const payOpenPayment = statement<{ id: string }, PaymentValues>(
  `update payments set status = 'PAID', provider_payment_id = $4, session_id = coalesce(session_id, $3), paid_at = $5::timestamptz, failure_reason = null,
          updated_at = $5::timestamptz
    where id = (select id from payments where order_id = $1::uuid and provider = $2 and status in ('PENDING', 'FAILED')
                 order by session_id is not distinct from $3 desc, status, created_at desc limit 1)
   returning id`,
);

const addPayment = statement<unknown, [id: string, userId: string, amount: number, currency: string, ...PaymentValues]>(
  `insert into payments (id, user_id, amount, currency, order_id, provider, session_id, provider_payment_id, status, paid_at, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, 'PAID', $9::timestamptz, $9::timestamptz, $9::timestamptz)`,
);

const giveUpOthers = statement<unknown, [orderId: string, moment: string]>(
  `update payments set status = 'FAILED', failure_reason = 'The order was paid in another way.', updated_at = $2::timestamptz
    where order_id = $1::uuid and status = 'PENDING'`,
);

const complete = statement<unknown, [orderId: string, method: string | null, moment: string]>(
  `update orders set status = 'COMPLETED', payment_status = 'PAID', payment_method = $2, completed_at = $3::timestamptz, updated_at = $3::timestamptz,
          metadata = metadata - 'ending'
    where id = $1::uuid`,
);

const markPaid = statement<unknown, [orderId: string, method: string, moment: string]>(
  `update orders set payment_status = 'PAID', payment_method = $2, updated_at = $3::timestamptz where id = $1::uuid`,
);

/**
 * Settles an order that is held, in the transaction of whoever found it paid: all of this happens, or none. The number of the invoice is taken last, since every settlement
 * waits for that series.
 */
export async function settleOrder(
  ctx: Context,
  order: OrderToSettle,
  paid: (SettlingPayment & { subscription: ProviderSubscription | null }) | null,
): Promise<void> {
  if (!mayBecome(order.status, 'COMPLETED')) throw new Error(`Order ${order.number} is ${order.status} and cannot be settled.`);
  if (paid) await writePayment(ctx, order, paid);
  await Promise.all([
    ctx.db.sql(giveUpOthers, order.id, ctx.now.toISOString()),
    ctx.db.sql(complete, order.id, paid?.provider ?? null, ctx.now.toISOString()),
  ]);
  await giveWhatWasBought(ctx, order);
  await openWhatOthersGet(ctx, order);
  if (order.items.some(({ product }) => product.type === 'MEMBERSHIP'))
    await beginMembership(ctx, { orderId: order.id, providerName: paid?.provider ?? 'none', subscription: paid?.subscription ?? null });
  await postSale(ctx, { orderId: order.id });
  await issueInvoice(ctx, { orderId: order.id });
  await sendReceipt(ctx, { orderId: order.id });
}

/** Keeps money that came for an order which cannot be fulfilled any more, so that it can go back. */
export async function keepPayment(ctx: Context, order: OrderToSettle, paid: SettlingPayment): Promise<void> {
  await writePayment(ctx, order, paid);
  await ctx.db.sql(markPaid, order.id, paid.provider, ctx.now.toISOString());
}

async function writePayment(ctx: Context, order: OrderToSettle, { provider, sessionId, paymentId }: SettlingPayment): Promise<void> {
  const values: PaymentValues = [order.id, provider, sessionId, paymentId, ctx.now.toISOString()];
  const [known] = await ctx.db.sql(payOpenPayment, ...values);
  if (!known) await ctx.db.sql(addPayment, newId(), order.buyerId, order.total, order.currency, ...values);
}

async function giveWhatWasBought(ctx: Context, order: OrderToSettle): Promise<void> {
  const own = order.items.filter(({ isGift, quantity, product }) => !isGift && quantity === 1 && product.type !== 'MEMBERSHIP');
  // Courses count their students: two orders of the same courses take them in the same order.
  const grants = own.flatMap(grantsOf).sort((a, b) => a.courseId.localeCompare(b.courseId));
  for (const { courseId, orderItemId, amount, accessDays } of grants)
    await grantAccess(ctx, {
      userId: order.buyerId,
      courseId,
      source: 'PURCHASE',
      orderItemId,
      amount,
      currency: order.currency,
      startsAt: ctx.now,
      expiresAt: accessDays === null ? null : new Date(ctx.now.getTime() + accessDays * 86_400_000),
    });
}

/** Presents and seats are opened for the buyer to hand out. */
async function openWhatOthersGet(ctx: Context, order: OrderToSettle): Promise<void> {
  for (const { id, isGift, quantity } of order.items) {
    if (isGift) await openGift(ctx, { orderItemId: id });
    else if (quantity > 1) await openSeats(ctx, { orderItemId: id });
  }
}

/** What was paid for an item is what was paid for its courses, by their own prices. */
function grantsOf({ id, total, accessDays, product }: ItemToSettle) {
  const amounts = splitMoney(
    total,
    product.courses.map(({ listPrice }) => listPrice),
  );
  return product.courses.map((course, index) => ({ courseId: course.id, orderItemId: id, amount: amounts[index] ?? 0, accessDays }));
}

import { resumeAccess, suspendAccess } from '#features/learning/index.server.ts';
import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { sendMail } from '#platform/mail.server.ts';
import { formatMoney } from '#platform/money.ts';
import { runtime } from '#platform/runtime.server.ts';
import { raiseAlarm } from '../alarms/raise-alarm.ts';
import { postDispute } from '../books/post-dispute.ts';
import { disputeOpenedMail } from '../emails/dispute-opened.ts';
import { withdrawItem } from '../items/withdraw-item.ts';
import { resumeMembershipAccess, suspendMembership } from '../memberships/suspend-membership.ts';
import type { ProviderEvent } from '../providers/provider.ts';
import { type HeldOrder, holdPaidOrder } from '../refunds/held-order.ts';
import { shopSettings } from '../settings/shop-settings.ts';

type DisputeEvent = Extract<ProviderEvent, { kind: 'dispute' }>;
type Values = [
  id: string,
  paymentId: string,
  providerDisputeId: string,
  amount: number,
  currency: string,
  reason: string,
  status: DisputeEvent['status'],
  moment: string,
];

// What is decided stays decided: news that comes late or twice changes nothing and gives no row.
const follow = statement<{ id: string }, Values>(
  `insert into disputes as d (id, payment_id, provider_dispute_id, amount, currency, reason, status, opened_at, closed_at, created_at, updated_at)
   values ($1, $2::uuid, $3, $4, $5, $6, $7::dispute_status, $8::timestamptz, case when $7 <> 'OPEN' then $8::timestamptz end, $8::timestamptz, $8::timestamptz)
   on conflict (provider_dispute_id) do update set status = excluded.status, closed_at = excluded.closed_at, updated_at = excluded.updated_at
     where d.status = 'OPEN' and excluded.status <> 'OPEN'
   returning d.id`,
);
// Whoever redeems a gift or takes a seat holds the item: they come before, and are suspended with the rest, or after, and find the dispute.
const holdItems = statement<unknown, [orderId: string]>(
  'select id from order_items where order_id = $1::uuid order by id for no key update',
);
const othersOpen = statement<{ id: string }, [paymentId: string]>(
  "select id from disputes where payment_id = $1::uuid and status = 'OPEN' limit 1",
);
const losePayment = statement<unknown, [paymentId: string, orderId: string, moment: string]>(
  `with lost as (
     update payments p set status = 'REFUNDED', updated_at = $3::timestamptz
      where p.id = $1::uuid and p.amount <= (select coalesce(sum(d.amount), 0) from disputes d where d.payment_id = p.id and d.status = 'LOST')
                                           + (select coalesce(sum(r.amount), 0) from refunds r where r.payment_id = p.id and r.status = 'SUCCEEDED')
     returning p.id)
   update orders set payment_status = 'REFUNDED', updated_at = $3::timestamptz where id = $2::uuid and exists (select from lost)`,
);

/**
 * Follows what a bank and a provider say of a payment that was called back, in one transaction. While it is open, what was bought is suspended; won, it comes back; lost,
 * it ends for good, and so do its earnings. Told twice, or in another order, it ends the same.
 */
export async function followDispute(ctx: Context, { provider, event }: { provider: string; event: DisputeEvent }): Promise<void> {
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const { paymentId, disputeId, disputed, status } = event;
    const reason = event.reason.trim() || 'none given';
    const order = await holdPaidOrder(ctx, { provider, providerPaymentId: paymentId });
    const details = { provider, paymentId, disputeId, ...disputed, reason, status };
    if (!order || disputed.currency !== order.currency || disputed.minor <= 0) {
      const kind = order ? 'dispute-differs' : 'unknown-payment';
      return raiseAlarm(ctx, { key: `${kind}:${provider}:${disputeId}`, kind, orderId: order?.id ?? null, details });
    }
    await ctx.db.sql(holdItems, order.id);
    const moment = ctx.now.toISOString();
    const { minor, currency } = disputed;
    const [followed] = await ctx.db.sql(follow, newId(), order.paymentId, disputeId, minor, currency, reason, status, moment);
    if (!followed) return;
    await turnAccess(ctx, order, status);
    if (status === 'LOST') await ctx.db.sql(losePayment, order.paymentId, order.id, moment);
    await postDispute(ctx, { disputeId: followed.id });
    const kind = `dispute-${status.toLowerCase()}`;
    await raiseAlarm(ctx, { key: `${kind}:${provider}:${disputeId}`, kind, orderId: order.id, details });
    if (status === 'OPEN') await writeToSchool(ctx, order, { ...event, reason });
  });
}

async function turnAccess(ctx: Context, order: HeldOrder, status: DisputeEvent['status']): Promise<void> {
  if (status === 'WON' && (await ctx.db.sql(othersOpen, order.paymentId)).length > 0) return;
  if (status === 'LOST') {
    for (const { id: orderItemId } of order.items) await withdrawItem(ctx, { orderItemId, reason: 'The payment was called back' });
    return;
  }
  const isOpen = status === 'OPEN';
  for (const { id: orderItemId } of order.items) await (isOpen ? suspendAccess : resumeAccess)(ctx, { orderItemId });
  if (order.subscriptionId) await (isOpen ? suspendMembership : resumeMembershipAccess)(ctx, { id: order.subscriptionId });
}

async function writeToSchool(ctx: Context, order: HeldOrder, { disputed, reason }: DisputeEvent): Promise<void> {
  const { sellerEmail } = await shopSettings(ctx);
  if (!sellerEmail) return;
  await sendMail(ctx, disputeOpenedMail, sellerEmail, {
    orderNumber: order.number,
    amount: formatMoney(disputed, 'en'),
    provider: order.provider,
    reason,
    orderUrl: `${runtime().config.origin}/admin/orders/${order.number}`,
  });
}

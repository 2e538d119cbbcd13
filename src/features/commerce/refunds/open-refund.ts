import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import type { HeldOrder } from './held-order.ts';

type Values = [
  id: string,
  paymentId: string,
  orderItemId: string | null,
  amount: number,
  currency: string,
  reason: string,
  providerRefundId: string | null,
  createdById: string | null,
  moment: string,
];

const insert = statement<unknown, Values>(
  `insert into refunds (id, payment_id, order_item_id, amount, currency, reason, provider_refund_id, created_by_id, created_at, updated_at)
   values ($1, $2, $3::uuid, $4, $5, $6, $7, $8::uuid, $9::timestamptz, $9::timestamptz)`,
);
const insertItems = statement<unknown, [refundId: string, itemIds: string[], amounts: number[], moment: string]>(
  `insert into refund_items (refund_id, order_item_id, amount, created_at, updated_at)
   select $1, item, amount, $4::timestamptz, $4::timestamptz from unnest($2::uuid[], $3::int[]) as parts (item, amount)`,
);

interface Opened {
  parts: { itemId: string; amount: number }[];
  reason: string;
  createdById: string | null;
  providerRefundId: string | null;
}

/** Writes down that something goes back, before anybody is asked to send it: from here on nobody else can give the same money back. Gives the refund's id. */
export async function openRefund(
  ctx: Context,
  order: HeldOrder,
  { parts, reason, createdById, providerRefundId }: Opened,
): Promise<string> {
  const id = newId();
  const moment = ctx.now.toISOString();
  const amount = parts.reduce((sum, part) => sum + part.amount, 0);
  const itemId = parts.length === 1 ? parts[0]!.itemId : null;
  await ctx.db.sql(insert, id, order.paymentId, itemId, amount, order.currency, reason, providerRefundId, createdById, moment);
  await ctx.db.sql(
    insertItems,
    id,
    parts.map((part) => part.itemId),
    parts.map((part) => part.amount),
    moment,
  );
  return id;
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';

const raise = statement<unknown, [id: string, key: string, kind: string, orderId: string | null, details: string, moment: string]>(
  `insert into shop_alarms (id, key, kind, order_id, details, raised_at, created_at, updated_at)
   values ($1, $2, $3, $4::uuid, $5::jsonb, $6::timestamptz, $6::timestamptz, $6::timestamptz)
   on conflict (key) do nothing`,
);

/**
 * Tells the school about something that a person has to look at, once for each key; in a transaction of the school. The kinds that settlement knows:
 * `amount-differs`, `paid-twice`, `paid-late`, `unknown-order`, `unknown-payment`.
 */
export async function raiseAlarm(
  ctx: Context,
  alarm: { key: string; kind: string; orderId: string | null; details: Record<string, unknown> },
): Promise<void> {
  await ctx.db.sql(raise, newId(), alarm.key, alarm.kind, alarm.orderId, JSON.stringify(alarm.details), ctx.now.toISOString());
}

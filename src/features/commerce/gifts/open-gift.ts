import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { newGiftCode } from './code.ts';

const open = statement<unknown, [id: string, orderItemId: string, code: string, moment: string]>(
  `insert into gifts (id, order_item_id, code, created_at, updated_at) values ($1, $2::uuid, $3, $4::timestamptz, $4::timestamptz)
   on conflict (order_item_id) do nothing`,
);

/** Makes the gift of an item that was bought for somebody else, in the transaction that settles its order. The buyer says later who it is for. Opened twice, it is one gift. */
export async function openGift(ctx: Context, { orderItemId }: { orderItemId: string }): Promise<void> {
  await ctx.db.sql(open, newId(), orderItemId, newGiftCode(), ctx.now.toISOString());
}

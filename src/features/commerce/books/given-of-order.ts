import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { Given } from './entries-of-return.ts';

const holdOrder = statement<{ id: string }, [orderId: string]>('select id from orders where id = $1::uuid for no key update');

const givenBy = statement<Given, [orderId: string]>(
  `select order_item_id as "orderItemId", channel, account, user_id as "userId", -sum(amount) as left
     from ledger_entries where order_id = $1::uuid and account in ('TAX', 'INSTRUCTOR', 'AFFILIATE', 'PLATFORM')
    group by order_item_id, channel, account, user_id having sum(amount) < 0 order by 1, 3, 4`,
);

/** What the accounts still have of an order. The order is held until the end of the transaction, so that of two refunds the second sees the first. */
export async function givenOfOrder(ctx: Context, orderId: string): Promise<Given[]> {
  await ctx.db.sql(holdOrder, orderId);
  return ctx.db.sql(givenBy, orderId);
}

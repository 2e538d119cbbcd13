import { refuseWhileImpersonating } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';

const removeFeed = statement<unknown, [userId: string]>('delete from calendar_feeds where user_id = $1::uuid');

/** Takes the address of the acting person's calendar away. Doing it twice is doing it once. */
export async function removeCalendar(ctx: Context): Promise<void> {
  const { id: userId } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  await inTransaction(ctx, (ctx) => ctx.db.sql(removeFeed, userId));
}

import { refuseWhileImpersonating } from '#features/accounts/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';

// Another id is another address.
const replaceFeed = statement<unknown, [id: string, userId: string, now: string]>(
  `insert into calendar_feeds (id, user_id, created_at, updated_at) values ($1::uuid, $2::uuid, $3::timestamptz, $3::timestamptz)
   on conflict (user_id) do update set id = excluded.id, created_at = excluded.created_at, updated_at = excluded.updated_at`,
);

/** Gives the acting person's calendar a new address. The one before, if there was one, stops working. */
export async function makeCalendar(ctx: Context): Promise<void> {
  const { id: userId } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  await inTransaction(ctx, (ctx) => ctx.db.sql(replaceFeed, newId(), userId, ctx.now.toISOString()));
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { UserId } from '#platform/ids.ts';

const others = statement<{ id: string }, [userId: string]>(
  `select id from accounts where user_id = $1 and provider_id <> 'clerk'
    union all
   select id from passkeys where user_id = $1 limit 1`,
);

/** Whether a person has a password, a passkey or an identity elsewhere, beside the one at Clerk. */
export async function hasOtherWaysIn(ctx: Context, userId: UserId): Promise<boolean> {
  return (await ctx.db.sql(others, userId)).length > 0;
}

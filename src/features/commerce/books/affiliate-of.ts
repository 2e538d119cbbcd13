import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

const personCalled = statement<{ id: string }, [username: string, buyerId: string]>(
  'select id from people where username = lower($1) and id <> $2::uuid and not is_closed',
);

/** Who sent the buyer, by the name in the link that they came with; null for nobody, somebody who is gone, and oneself. */
export async function affiliateOf(
  ctx: Context,
  { username, buyerId }: { username: string | null; buyerId: string },
): Promise<string | null> {
  if (!username) return null;
  const [person] = await ctx.db.sql(personCalled, username, buyerId);
  return person?.id ?? null;
}

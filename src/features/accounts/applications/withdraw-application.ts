import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';

const takeBack = statement<{ id: string }, [userId: string]>(
  "delete from teaching_applications where user_id = $1::uuid and state = 'PENDING' returning id",
);

/** Takes back an application that still waits. `nothing-waits` when it was answered, or taken back, in the meantime. */
export async function withdrawApplication(ctx: Context): Promise<{ kind: 'withdrawn' | 'nothing-waits' }> {
  const { id } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const gone = await inTransaction(ctx, (ctx) => ctx.db.sql(takeBack, id));
  return { kind: gone.length > 0 ? 'withdrawn' : 'nothing-waits' };
}

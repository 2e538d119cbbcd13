import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { audit } from '../audit/audit.ts';
import { personForDeed, requireManager } from './managed-person.ts';

/** Signs somebody out of every browser. */
export async function endSessions(ctx: Context, input: { id: string }): Promise<{ ended: number }> {
  requireManager(ctx);
  return inTransaction(ctx, async (ctx) => {
    const person = await personForDeed(ctx, input.id, 'endSessions');
    const { count } = await ctx.db.prisma.session.deleteMany({ where: { userId: person.id } });
    await audit(ctx, { action: 'accounts.sessionsEnded', subjectType: 'user', subjectId: person.id, after: { sessions: String(count) } });
    return { ended: count };
  });
}

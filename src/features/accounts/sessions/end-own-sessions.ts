import type { Prisma } from '#generated/prisma/client.ts';
import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';

/** `others`: all but the one that asks. Otherwise one by its id. */
export type Ended = 'everywhere' | 'others' | { id: string };

/**
 * Signs the acting person out of browsers of their own; an admin who leaves everywhere also stops acting as anybody. Pressed twice, the
 * second time there is nothing left to end.
 */
export async function endOwnSessions(ctx: Context, input: { which: Ended }): Promise<{ ended: number }> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const { which } = input;
  return inTransaction(ctx, async (ctx) => {
    const { count } = await ctx.db.prisma.session.deleteMany({ where: ownSessions(which, person) });
    if (count > 0) {
      await audit(ctx, { action: 'accounts.sessionsEnded', subjectType: 'user', subjectId: person.id, after: { sessions: String(count) } });
    }
    return { ended: count };
  });
}

function ownSessions(which: Ended, { id: userId, session }: Person): Prisma.SessionWhereInput {
  const begun = { impersonatedBy: userId };
  if (which === 'everywhere') return { OR: [{ userId }, begun] };
  if (which === 'others') return { OR: [{ userId, id: { not: session?.id } }, begun] };
  if (!isId(which.id)) throw new AppError('not-found', 'There is no such session.');
  return { userId, id: which.id };
}

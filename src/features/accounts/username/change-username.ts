import { z } from 'zod';
import { Prisma } from '#generated/prisma/client.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { parseInput } from '#platform/input.ts';
import { audit } from '../audit/audit.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { countAttempt } from '../limits.ts';
import { usernameField } from './username.ts';

const schema = z.object({ username: usernameField });

/**
 * Gives the acting person the username they chose, or with an empty one takes theirs away. Spelling stays as typed; whether two names are
 * one does not ask about capitals. The database has the last word on who was first.
 */
export async function changeUsername(ctx: Context, input: { username: string }): Promise<void> {
  const { id } = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  const displayUsername = parseInput(schema, input).username || null;
  const username = displayUsername?.toLowerCase() ?? null;
  const before = await inTransaction(ctx, (ctx) =>
    ctx.db.prisma.user.findUniqueOrThrow({ where: { id }, select: { username: true, displayUsername: true } }),
  );
  if (before.displayUsername === displayUsername && before.username === username) return;
  await countAttempt('username', { address: ctx.address ?? 'nowhere' }, id);
  try {
    await inTransaction(ctx, async (ctx) => {
      await ctx.db.prisma.user.update({ where: { id }, data: { username, displayUsername }, select: { id: true } });
      await audit(ctx, {
        action: 'accounts.usernameChanged',
        subjectType: 'user',
        subjectId: id,
        before: { username: before.username ?? '' },
        after: { username: username ?? '' },
      });
    });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new AppError('conflict', 'This username is taken. Choose another.', {
      fields: { username: 'This username is taken. Choose another.' },
    });
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

import type { Context, Person } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import type { UserId } from '#platform/ids.ts';
import { mayManagePeople } from '../policy.ts';

/** The person of an address, for commands that name someone by it (`lyceum import --as`), in the form in which they act. Nobody closed. */
export async function findPersonByEmail(ctx: Context, input: { email: string }): Promise<Person | undefined> {
  if (!mayManagePeople(ctx.actor)) throw new AppError('forbidden', 'Only admins look people up by their address.');
  const row = await inTransaction(ctx, (ctx) =>
    ctx.db.prisma.user.findFirst({
      where: { email: input.email.trim().toLowerCase(), deletedAt: null },
      select: { id: true, name: true, email: true, role: true, username: true, image: true, timeZone: true, locale: true },
    }),
  );
  if (!row) return undefined;
  const { id, image, ...person } = row;
  return { ...person, kind: 'person', id: id as UserId, imageUrl: image };
}

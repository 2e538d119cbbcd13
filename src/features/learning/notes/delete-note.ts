import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { isId } from '#platform/ids.ts';

/** Deletes one of the actor's own notes. One that is gone already, or was never theirs, is gone. */
export async function deleteNote(ctx: Context, input: { id: string }): Promise<void> {
  const person = requirePerson(ctx);
  if (!isId(input.id)) return;
  await inTransaction(ctx, ({ db }) => db.prisma.note.deleteMany({ where: { id: input.id, userId: person.id } }));
}

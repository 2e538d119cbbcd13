import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { countSaving, noteFields } from './note-fields.ts';

/** Writes one of the actor's own notes anew, whether or not its lesson is still open to them. */
export async function changeNote(ctx: Context, input: { id: string; at: string; text: string }): Promise<void> {
  const person = requirePerson(ctx);
  if (!isId(input.id)) throw noSuchNote();
  const { at, text } = parseInput(noteFields, input);
  await countSaving(person.id);
  await inTransaction(ctx, async ({ db, now }) => {
    const mine = { id: input.id, userId: person.id };
    const { count } = await db.prisma.note.updateMany({ where: mine, data: { text, atSeconds: at, updatedAt: now } });
    if (count === 0) throw noSuchNote();
  });
}

function noSuchNote(): AppError {
  return new AppError('not-found', 'There is no such note of yours. It may have been deleted in another window.');
}

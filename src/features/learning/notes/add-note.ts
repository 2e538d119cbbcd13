import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { judge, lessonForMarking } from '../classroom/lesson-facts.ts';
import { mayTakeNotes } from '../policy.ts';
import type { LessonAddress } from '../progress/mark-lesson.ts';
import { countSaving, noteFields } from './note-fields.ts';

export interface NewNote extends LessonAddress {
  /** The id that the page gave to the note before it was written: sent twice, it is one note. */
  id: string;
  at: string;
  text: string;
}

/** Keeps a note of the actor's beside a lesson that is open to them. */
export async function addNote(ctx: Context, input: NewNote): Promise<void> {
  const person = requirePerson(ctx);
  await countSaving(person.id);
  await inTransaction(ctx, async (ctx) => {
    const row = await lessonForMarking(ctx, input);
    const access = row ? judge(ctx, row).access : undefined;
    if (!row || !access || access.kind === 'absent') throw new AppError('not-found', 'There is no such lesson.');
    if (!mayTakeNotes({ isGuest: false, access }))
      throw new AppError('forbidden', 'You can write notes while the lesson is open to you. Those you have are among your notes.');
    const { at, text } = parseInput(noteFields, input);
    if (!isId(input.id)) throw new AppError('invalid', 'Open the lesson again, and then write the note.');
    const { lessonId, enrollmentId } = row;
    const atSeconds = row.type === 'VIDEO' ? at : null;
    const times = { createdAt: ctx.now, updatedAt: ctx.now };
    const note = { id: input.id, userId: person.id, lessonId, enrollmentId, atSeconds, text, ...times };
    await ctx.db.prisma.note.createMany({ data: [note], skipDuplicates: true });
  });
}

import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { LessonId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { updateLesson } from '../outline/update-lesson.ts';
import { holdCourseOfLesson } from '../write/editable-course.ts';
import { lessonFields } from '../write/fields.ts';
import { keepVersion } from './keep-version.ts';
import { revisionOf } from './revision.ts';

/** What became of a text that was sent: it is kept, or somebody else wrote meanwhile and theirs stands. */
export type SavedText =
  | { kind: 'saved'; revision: string }
  | { kind: 'conflict'; content: string; revision: string; author: string | null };

const fields = z.object({ content: lessonFields.shape.content, basedOn: z.string().max(64) });

/** A text as a page sends it, with the revision that it was made of. */
export function sentText({ content, basedOn }: { content: string; basedOn: string }): { content: string; basedOn: string } {
  return parseInput(fields, { content: content.replace(/\r\n?/g, '\n'), basedOn });
}

const lastAuthor = statement<{ name: string | null }, [lessonId: string]>(
  `select p.name from lesson_versions v left join people p on p.id = v.author_id
    where v.lesson_id = $1::uuid order by v.created_at desc, v.id desc limit 1`,
);

/**
 * Writes a lesson's words, which were made of the revision that they name. Of two who write at once the second is told, gets the first one's words,
 * and has changed nothing. The same words sent twice are saved once.
 */
export async function saveLessonText(
  ctx: Context,
  { lessonId, ...input }: { lessonId: LessonId; content: string; basedOn: string },
): Promise<SavedText> {
  const { content, basedOn } = sentText(input);
  return inTransaction(ctx, async (ctx) => {
    // The course is held: nobody else saves before this is over.
    await holdCourseOfLesson(ctx, lessonId);
    const before = await ctx.db.prisma.lesson.findUniqueOrThrow({
      where: { id: lessonId },
      select: { title: true, content: true, updatedAt: true },
    });
    const revision = revisionOf(content);
    if (before.content === content) return { kind: 'saved', revision };
    if (revisionOf(before.content) !== basedOn) {
      const [last] = await ctx.db.sql(lastAuthor, lessonId);
      return { kind: 'conflict', content: before.content, revision: revisionOf(before.content), author: last?.name ?? null };
    }
    await keepVersion(ctx, { lessonId, before, after: { title: before.title, content } });
    await updateLesson(ctx, { lessonId, content });
    return { kind: 'saved', revision };
  });
}

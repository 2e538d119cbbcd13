import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { ChapterId } from '#platform/ids.ts';
import { updateChapter } from '../outline/update-chapter.ts';
import { holdCourseOfChapter } from '../write/editable-course.ts';
import { revisionOf } from './revision.ts';
import { type SavedText, sentText } from './save-text.ts';

/** Writes the introduction of a chapter, as the words of a lesson are written: of two who write at once the second is told, and has changed nothing. */
export async function saveIntroduction(
  ctx: Context,
  { chapterId, ...input }: { chapterId: ChapterId; content: string; basedOn: string },
): Promise<SavedText> {
  const { content, basedOn } = sentText(input);
  return inTransaction(ctx, async (ctx) => {
    // The course is held: nobody else saves before this is over.
    await holdCourseOfChapter(ctx, chapterId);
    const before = await ctx.db.prisma.chapter.findUniqueOrThrow({ where: { id: chapterId }, select: { content: true } });
    const revision = revisionOf(content);
    if (before.content === content) return { kind: 'saved', revision };
    const stands = revisionOf(before.content);
    // Of an introduction no versions are kept, so nobody knows whose words these are.
    if (stands !== basedOn) return { kind: 'conflict', content: before.content, revision: stands, author: null };
    await updateChapter(ctx, { chapterId, content });
    return { kind: 'saved', revision };
  });
}

import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { ChapterId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { renderContent } from '../texts/render-content.ts';
import { changesIn } from '../write/changes-in.ts';
import { holdCourseOfChapter } from '../write/editable-course.ts';
import { type ChapterFields, chapterFields } from '../write/fields.ts';
import { afterOutlineChange } from './after-outline-change.ts';

/** Changes a chapter. Gives the names of the fields that are different now. */
export async function updateChapter(
  ctx: Context,
  { chapterId, ...input }: { chapterId: ChapterId } & Partial<ChapterFields>,
): Promise<string[]> {
  const fields = parseInput(chapterFields.partial(), input);
  return inTransaction(ctx, async (ctx) => {
    const course = await holdCourseOfChapter(ctx, chapterId);
    const before = await ctx.db.prisma.chapter.findUniqueOrThrow({ where: { id: chapterId } });
    const changes = changesIn(before, fields);
    const contentHtml = await renderContent(ctx, course, fields.content ?? before.content);
    if (contentHtml !== before.contentHtml || Object.keys(changes).length > 0)
      await ctx.db.prisma.chapter.update({ where: { id: chapterId }, data: { ...changes, contentHtml } });
    if ('published' in changes || 'visibility' in changes) await afterOutlineChange(ctx, course);
    return Object.keys(changes);
  });
}

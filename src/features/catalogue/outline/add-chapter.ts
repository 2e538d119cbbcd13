import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { type ChapterId, type CourseId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { renderContent } from '../texts/render-content.ts';
import { holdEditableCourse } from '../write/editable-course.ts';
import { type ChapterFields, chapterFields } from '../write/fields.ts';

/** Adds a chapter at the end of a course. */
export async function addChapter(
  ctx: Context,
  { courseId, ...input }: { courseId: CourseId; title: string } & Partial<ChapterFields>,
): Promise<ChapterId> {
  const fields = parseInput(chapterFields.partial().required({ title: true }), input);
  return inTransaction(ctx, async (ctx) => {
    const course = await holdEditableCourse(ctx, courseId);
    const id = newId<'chapter'>();
    const { _max: last } = await ctx.db.prisma.chapter.aggregate({ where: { courseId }, _max: { position: true } });
    const contentHtml = await renderContent(ctx, course, fields.content ?? '');
    await ctx.db.prisma.chapter.create({
      data: { ...fields, id, courseId, contentHtml, position: (last.position ?? 0) + 1, createdAt: ctx.now },
    });
    return id;
  });
}

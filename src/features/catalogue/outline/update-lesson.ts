import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import type { LessonId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { renderContent } from '../texts/render-content.ts';
import { changesIn } from '../write/changes-in.ts';
import { holdCourseOfLesson } from '../write/editable-course.ts';
import { type LessonFields, lessonFields } from '../write/fields.ts';
import { afterOutlineChange } from './after-outline-change.ts';

/** Changes a lesson; its address stays. Gives the names of the fields that are different now. */
export async function updateLesson(
  ctx: Context,
  { lessonId, ...input }: { lessonId: LessonId } & Partial<LessonFields>,
): Promise<string[]> {
  const fields = parseInput(lessonFields.partial(), input);
  return inTransaction(ctx, async (ctx) => {
    const course = await holdCourseOfLesson(ctx, lessonId);
    const before = await ctx.db.prisma.lesson.findUniqueOrThrow({ where: { id: lessonId } });
    const changes = changesIn(before, fields);
    const contentHtml = await renderContent(ctx, course, fields.content ?? before.content);
    if (contentHtml !== before.contentHtml || Object.keys(changes).length > 0)
      await ctx.db.prisma.lesson.update({ where: { id: lessonId }, data: { ...changes, contentHtml } });
    if ('published' in changes || 'visibility' in changes || 'durationSeconds' in changes || 'isRequired' in changes) {
      await afterOutlineChange(ctx, course);
    }
    return Object.keys(changes);
  });
}

import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { isId, type LessonId } from '#platform/ids.ts';
import { updateLesson } from '../outline/update-lesson.ts';
import { holdCourseOfLesson } from '../write/editable-course.ts';
import { keepVersion } from './keep-version.ts';

/** Puts a lesson's earlier words back. What they replace is a version too, and so are they. */
export async function restoreVersion(ctx: Context, { lessonId, versionId }: { lessonId: LessonId; versionId: string }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await holdCourseOfLesson(ctx, lessonId);
    const version = isId(versionId) ? await ctx.db.prisma.lessonVersion.findFirst({ where: { id: versionId, lessonId } }) : null;
    if (!version) throw new AppError('not-found', 'This version is not there any more.');
    const before = await ctx.db.prisma.lesson.findUniqueOrThrow({
      where: { id: lessonId },
      select: { title: true, content: true, updatedAt: true },
    });
    if (before.content === version.content) return;
    await keepVersion(ctx, { lessonId, before, after: { title: before.title, content: version.content }, beginsAnew: true });
    await updateLesson(ctx, { lessonId, content: version.content });
  });
}

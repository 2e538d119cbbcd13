import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { type ChapterId, type LessonId, newId } from '#platform/ids.ts';
import { holdCourseOfChapter, holdCourseOfLesson } from '../write/editable-course.ts';
import { afterOutlineChange } from './after-outline-change.ts';

const hidden = { published: false, visibility: 'PRIVATE' } as const;

/**
 * Takes a lesson out of its course. Nobody finds it any more, but it stays with everything that people did in it, and can be put back
 * (`restoreToOutline`) until it goes for good. Doing it twice is doing it once.
 */
export async function removeLesson(ctx: Context, { lessonId }: { lessonId: LessonId }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdCourseOfLesson(ctx, lessonId);
    const { prisma } = ctx.db;
    const lesson = await prisma.lesson.findUniqueOrThrow({
      where: { id: lessonId },
      include: { removal: true, chapter: { include: { removal: true } } },
    });
    if (lesson.removal || lesson.chapter.removal) return;
    const wasPosition =
      1 + (await prisma.lesson.count({ where: { chapterId: lesson.chapterId, position: { lt: lesson.position }, removal: null } }));
    await prisma.lesson.update({ where: { id: lessonId }, data: hidden });
    const was = { wasPublished: lesson.published, wasVisibility: lesson.visibility, wasPosition };
    await prisma.removal.create({ data: { id: newId(), courseId: course.id, lessonId, ...was, removedAt: ctx.now } });
    await afterOutlineChange(ctx, course);
  });
}

/** Takes a chapter out of its course, with all its lessons, in the same way. */
export async function removeChapter(ctx: Context, { chapterId }: { chapterId: ChapterId }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdCourseOfChapter(ctx, chapterId);
    const { prisma } = ctx.db;
    const chapter = await prisma.chapter.findUnique({ where: { id: chapterId }, include: { removal: true } });
    if (!chapter) throw new AppError('not-found', 'There is no such chapter among yours.');
    if (chapter.removal) return;
    const wasPosition =
      1 + (await prisma.chapter.count({ where: { courseId: course.id, position: { lt: chapter.position }, removal: null } }));
    await prisma.chapter.update({ where: { id: chapterId }, data: hidden });
    const was = { wasPublished: chapter.published, wasVisibility: chapter.visibility, wasPosition };
    await prisma.removal.create({ data: { id: newId(), courseId: course.id, chapterId, ...was, removedAt: ctx.now } });
    await afterOutlineChange(ctx, course);
  });
}

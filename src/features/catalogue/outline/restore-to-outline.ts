import { z } from 'zod';
import type { ChapterVisibility, LessonVisibility } from '#generated/prisma/client.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { type EditableCourse, holdEditableCourse } from '../write/editable-course.ts';
import { afterOutlineChange } from './after-outline-change.ts';
import { orderChapters, orderLessons } from './outline-order.ts';

const schema = z.object({ courseId: z.uuid(), itemId: z.uuid() });

const gone = () => new AppError('not-found', 'It is not there any more.');

/** Puts a chapter or a lesson that was removed back into its course: to its place, and seen by whom it was seen. One that is there already stays as it is. */
export async function restoreToOutline(ctx: Context, input: z.input<typeof schema>): Promise<void> {
  const { courseId, itemId } = parseInput(schema, input);
  await inTransaction(ctx, async (ctx) => {
    const course = await holdEditableCourse(ctx, courseId as CourseId);
    const removal = await ctx.db.prisma.removal.findFirst({ where: { courseId, OR: [{ lessonId: itemId }, { chapterId: itemId }] } });
    if (!removal) return refuseUnlessThere(ctx, courseId, itemId);
    await ctx.db.prisma.removal.delete({ where: { id: removal.id } });
    if (removal.lessonId) await putLessonBack(ctx, course, removal.lessonId as LessonId, removal);
    else await putChapterBack(ctx, course, itemId as ChapterId, removal);
    await afterOutlineChange(ctx, course);
  });
}

interface Was {
  wasPublished: boolean;
  wasVisibility: string;
  wasPosition: number;
}

async function putLessonBack(ctx: Context, course: EditableCourse, id: LessonId, was: Was): Promise<void> {
  const { prisma } = ctx.db;
  const visibility = was.wasVisibility as LessonVisibility;
  const lesson = await prisma.lesson.update({
    where: { id },
    data: { published: was.wasPublished, visibility },
    include: { chapter: { include: { removal: true } } },
  });
  if (lesson.chapter.removal) throw new AppError('conflict', 'Its chapter was deleted too. Put that back first.');
  const others = await prisma.lesson.findMany({
    where: { chapterId: lesson.chapterId, id: { not: id } },
    orderBy: { position: 'asc' },
    select: { id: true, removal: { select: { id: true } } },
  });
  const lessonIds = atItsPlace(others, id, was.wasPosition) as LessonId[];
  await orderLessons(ctx, course.id, [{ id: lesson.chapterId as ChapterId, lessonIds }]);
}

async function putChapterBack(ctx: Context, course: EditableCourse, id: ChapterId, was: Was): Promise<void> {
  const { prisma } = ctx.db;
  const visibility = was.wasVisibility as ChapterVisibility;
  await prisma.chapter.update({ where: { id }, data: { published: was.wasPublished, visibility } });
  const others = await prisma.chapter.findMany({
    where: { courseId: course.id, id: { not: id } },
    orderBy: { position: 'asc' },
    select: { id: true, removal: { select: { id: true } } },
  });
  await orderChapters(ctx, course.id, atItsPlace(others, id, was.wasPosition) as ChapterId[]);
}

/** Among what is shown it stands where it stood; what is still removed comes last. */
function atItsPlace(others: readonly { id: string; removal: object | null }[], id: string, position: number): string[] {
  const idsOf = (isRemoved: boolean) => others.filter(({ removal }) => (removal !== null) === isRemoved).map((other) => other.id);
  return [...idsOf(false).toSpliced(position - 1, 0, id), ...idsOf(true)];
}

/** Putting back twice is putting back once. */
async function refuseUnlessThere(ctx: Context, courseId: string, itemId: string): Promise<void> {
  const where = { id: itemId, courseId };
  if ((await ctx.db.prisma.lesson.count({ where })) + (await ctx.db.prisma.chapter.count({ where })) === 0) throw gone();
}

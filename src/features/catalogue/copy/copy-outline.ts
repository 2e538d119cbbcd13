import type { Context } from '#platform/context.ts';
import { type ChapterId, type CourseId, type LessonId, newId } from '#platform/ids.ts';

/** What each chapter and lesson became. */
interface NewIds {
  chapterIds: Map<ChapterId, ChapterId>;
  lessonIds: Map<LessonId, LessonId>;
}

/** Copies the chapters and lessons of a course into another that has none, with what hangs on them. What was removed stays behind. */
export async function copyOutline(ctx: Context, from: CourseId, to: CourseId): Promise<NewIds> {
  const { prisma } = ctx.db;
  const chapters = await prisma.chapter.findMany({ where: { courseId: from, removal: null }, orderBy: { position: 'asc' } });
  const lessons = await prisma.lesson.findMany({
    where: { courseId: from, removal: null, chapter: { removal: null } },
    orderBy: [{ chapterId: 'asc' }, { position: 'asc' }],
  });
  const chapterIds = new Map(chapters.map(({ id }) => [id as ChapterId, newId<'chapter'>()]));
  const lessonIds = new Map(lessons.map(({ id }) => [id as LessonId, newId<'lesson'>()]));
  const made = { courseId: to, sourcePath: null, createdAt: ctx.now, updatedAt: ctx.now };
  await prisma.chapter.createMany({
    data: chapters.map((row, index) => ({ ...row, ...made, id: chapterIds.get(row.id as ChapterId)!, position: index + 1 })),
  });
  const placeIn = new Map<string, number>();
  await prisma.lesson.createMany({
    data: lessons.map((row) => {
      const chapterId = chapterIds.get(row.chapterId as ChapterId)!;
      const position = 1 + (placeIn.get(chapterId) ?? 0);
      placeIn.set(chapterId, position);
      return { ...row, ...made, id: lessonIds.get(row.id as LessonId)!, chapterId, position };
    }),
  });
  await copyBesides(ctx, lessonIds);
  return { chapterIds, lessonIds };
}

/** The resources and dates of lessons. A recording shows who was there, and stays with them. */
async function copyBesides(ctx: Context, lessonIds: Map<LessonId, LessonId>): Promise<void> {
  const { prisma } = ctx.db;
  const where = { lessonId: { in: [...lessonIds.keys()] } };
  const made = (row: { lessonId: string }) => ({
    id: newId(),
    lessonId: lessonIds.get(row.lessonId as LessonId)!,
    createdAt: ctx.now,
    updatedAt: ctx.now,
  });
  const resources = await prisma.resource.findMany({ where });
  await prisma.resource.createMany({ data: resources.map((row) => ({ ...row, ...made(row) })) });
  const sessions = await prisma.liveSession.findMany({ where });
  await prisma.liveSession.createMany({ data: sessions.map((row) => ({ ...row, ...made(row), recordingVideoId: null })) });
}

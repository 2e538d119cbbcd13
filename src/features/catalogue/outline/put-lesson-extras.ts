import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { type LessonId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { holdCourseOfLesson } from '../write/editable-course.ts';

const schema = z.object({
  imageFileId: z.uuid().nullable(),
  resources: z
    .array(
      z.object({
        title: z.string().trim().min(1).max(200),
        type: z.enum(['PDF', 'DOCUMENT', 'SPREADSHEET', 'PRESENTATION', 'CODE', 'IMAGE', 'AUDIO', 'ARCHIVE', 'LINK']),
        fileId: z.uuid().nullable(),
        url: z.url({ protocol: /^https?$/ }).nullable(),
        sizeBytes: z.number().nullable(),
      }),
    )
    .max(100),
  liveSession: z.object({ startsAt: z.date(), durationMinutes: z.int().positive(), joinUrl: z.url({ protocol: /^https?$/ }) }).nullable(),
});

/** What hangs on a lesson beside its text and film. */
export type LessonExtras = z.input<typeof schema>;

/** Makes a lesson's picture, resources and live session be these. The files are the actor's own, just stored. Says whether anything is different now. */
export async function putLessonExtras(
  ctx: Context,
  { lessonId, ...input }: { lessonId: LessonId } & LessonExtras,
): Promise<{ changed: boolean }> {
  const { imageFileId, resources, liveSession } = parseInput(schema, input);
  return inTransaction(ctx, async (ctx) => {
    await holdCourseOfLesson(ctx, lessonId);
    const before = await ctx.db.prisma.lesson.findUniqueOrThrow({
      where: { id: lessonId },
      select: { imageFileId: true, resources: { orderBy: { position: 'asc' } }, liveSession: true },
    });
    const stored = before.resources.map(({ title, type, fileId, url, sizeBytes }) => ({
      title,
      type,
      fileId,
      url,
      sizeBytes: sizeBytes === null ? null : Number(sizeBytes),
    }));
    const live = before.liveSession && {
      startsAt: before.liveSession.startsAt,
      durationMinutes: before.liveSession.durationMinutes,
      joinUrl: before.liveSession.joinUrl,
    };
    const isSame = before.imageFileId === imageFileId && isDeepStrictEqual(stored, resources) && isDeepStrictEqual(live, liveSession);
    if (isSame) return { changed: false };
    await ctx.db.prisma.lesson.update({ where: { id: lessonId }, data: { imageFileId } });
    await ctx.db.prisma.resource.deleteMany({ where: { lessonId } });
    await ctx.db.prisma.resource.createMany({
      data: resources.map((resource, index) => ({ id: newId(), lessonId, ...resource, position: index + 1, createdAt: ctx.now })),
    });
    if (!liveSession) await ctx.db.prisma.liveSession.deleteMany({ where: { lessonId } });
    else
      await ctx.db.prisma.liveSession.upsert({
        where: { lessonId },
        create: { id: newId(), lessonId, ...liveSession, createdAt: ctx.now },
        update: liveSession,
      });
    return { changed: true };
  });
}

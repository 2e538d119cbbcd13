import { z } from 'zod';
import { ownFile } from '#features/media/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { type LessonId, newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { holdCourseOfLesson } from '../write/editable-course.ts';
import { titleField } from '../write/fields.ts';
import { resourceTypeOf } from './resource-type.ts';

/** As many as a page can show. */
const mostResources = 100;

const linkFields = z.object({
  title: titleField,
  url: z
    .string()
    .trim()
    .max(2000, 'An address has 2,000 characters at the most.')
    .regex(/^https?:\/\/[^\s]+$/i, 'An address begins with https://.')
    .refine((address) => URL.canParse(address), 'This is no address of a page.'),
});

/** Gives a lesson a file that the acting person uploaded; what it is, its bytes say. Without a title it is called as the file is. */
export async function addResource(ctx: Context, input: { lessonId: LessonId; fileId: string; title?: string }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await holdCourseOfLesson(ctx, input.lessonId);
    const file = await ownFile(ctx, { fileId: input.fileId, purpose: 'resource' });
    const title = parseInput(titleField, (input.title?.trim() || file.name).slice(0, 200));
    const place = { title, type: resourceTypeOf(file), fileId: file.id, sizeBytes: file.sizeBytes };
    await append(ctx, input.lessonId, place);
  });
}

/** Gives a lesson a link to a page elsewhere. */
export async function addLink(ctx: Context, { lessonId, ...input }: { lessonId: LessonId; title: string; url: string }): Promise<void> {
  const { title, url } = parseInput(linkFields, input);
  await inTransaction(ctx, async (ctx) => {
    await holdCourseOfLesson(ctx, lessonId);
    await append(ctx, lessonId, { title, type: 'LINK', url });
  });
}

type NewResource = { title: string; type: ReturnType<typeof resourceTypeOf>; fileId?: string; sizeBytes?: number; url?: string };

async function append(ctx: Context, lessonId: LessonId, resource: NewResource): Promise<void> {
  const { _count, _max } = await ctx.db.prisma.resource.aggregate({ where: { lessonId }, _count: true, _max: { position: true } });
  if (_count >= mostResources) throw new AppError('invalid', `A lesson has ${mostResources} resources at the most.`);
  await ctx.db.prisma.resource.create({ data: { ...resource, id: newId(), lessonId, position: (_max.position ?? 0) + 1, createdAt: ctx.now } });
}

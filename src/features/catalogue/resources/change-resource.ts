import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { LessonId } from '#platform/ids.ts';
import { isId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { holdCourseOfLesson } from '../write/editable-course.ts';
import { titleField } from '../write/fields.ts';

const lessonOf = statement<{ lessonId: LessonId }, [id: string]>('select lesson_id as "lessonId" from resources where id = $1::uuid');
const inOrder = statement<{ id: string }, [lessonId: string]>('select id from resources where lesson_id = $1::uuid order by position');
const arrange = statement<unknown, [ids: readonly string[]]>(
  'update resources r set position = wanted.place from unnest($1::uuid[]) with ordinality as wanted (id, place) where r.id = wanted.id and r.position <> wanted.place',
);

/** Holds the course of a resource, so that the order of its neighbors is nobody else's meanwhile. */
async function holdLessonOf(ctx: Context, resourceId: string): Promise<LessonId> {
  const [found] = isId(resourceId) ? await ctx.db.sql(lessonOf, resourceId) : [];
  if (!found) throw new AppError('not-found', 'There is no such resource among yours.');
  await holdCourseOfLesson(ctx, found.lessonId);
  return found.lessonId;
}

/** Gives a resource another title. */
export async function renameResource(ctx: Context, input: { resourceId: string; title: string }): Promise<void> {
  const title = parseInput(titleField, input.title);
  await inTransaction(ctx, async (ctx) => {
    await holdLessonOf(ctx, input.resourceId);
    await ctx.db.prisma.resource.update({ where: { id: input.resourceId }, data: { title } });
  });
}

/** Moves a resource one place up or down; at the end it stays where it is. */
export async function moveResource(ctx: Context, { resourceId, by }: { resourceId: string; by: -1 | 1 }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const lessonId = await holdLessonOf(ctx, resourceId);
    const ids = (await ctx.db.sql(inOrder, lessonId)).map(({ id }) => id);
    const from = ids.indexOf(resourceId);
    const to = Math.min(ids.length - 1, Math.max(0, from + by));
    await ctx.db.sql(arrange, ids.toSpliced(from, 1).toSpliced(to, 0, resourceId));
  });
}

/** Takes a resource out of its lesson. */
export async function removeResource(ctx: Context, { resourceId }: { resourceId: string }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await holdLessonOf(ctx, resourceId);
    await ctx.db.prisma.resource.delete({ where: { id: resourceId } });
  });
}

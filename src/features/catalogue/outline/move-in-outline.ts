import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { ChapterId, CourseId, LessonId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { holdCourseOfChapter, holdCourseOfLesson } from '../write/editable-course.ts';
import { afterOutlineChange } from './after-outline-change.ts';
import { neighborsOf, putBetween } from './between.ts';
import { orderChapters, orderLessons } from './outline-order.ts';

const neighbor = z.uuid().nullable().optional();
const chapterMove = z.object({ chapterId: z.uuid(), afterId: neighbor, beforeId: neighbor });
const lessonMove = z.object({ lessonId: z.uuid(), chapterId: z.uuid(), afterId: neighbor, beforeId: neighbor });

// What is removed stands last: its number is nobody's neighbor.
const chaptersInOrder = statement<{ id: ChapterId; isRemoved: boolean }, [courseId: string]>(`
  select c.id, x.id is not null as "isRemoved" from chapters c left join removals x on x.chapter_id = c.id
   where c.course_id = $1 order by "isRemoved", c.position`);

const lessonsInOrder = statement<{ id: LessonId; chapterId: ChapterId; isRemoved: boolean }, [courseId: string, chapterIds: string[]]>(`
  select l.id, l.chapter_id as "chapterId", x.id is not null as "isRemoved" from lessons l left join removals x on x.lesson_id = l.id
   where l.course_id = $1 and l.chapter_id = any($2) order by "isRemoved", l.position`);

const chaptersOfMove = statement<
  { id: ChapterId; isFrom: boolean; isTo: boolean },
  [courseId: string, lessonId: string, chapterId: string]
>(`
  select c.id, l.id is not null as "isFrom", c.id = $3 as "isTo" from chapters c left join lessons l on l.chapter_id = c.id and l.id = $2
   where c.course_id = $1 and (c.id = $3 or l.id is not null) and not exists (select from removals x where x.chapter_id = c.id)`);

/** Where something was before it was moved, so that it can be moved back. */
export interface WasBetween<Neighbor extends string> {
  afterId: Neighbor | null;
  beforeId: Neighbor | null;
}

/** Moves a chapter between two others of its course. Gives where it was. */
export async function moveChapter(ctx: Context, input: z.input<typeof chapterMove>): Promise<WasBetween<ChapterId>> {
  const move = parseInput(chapterMove, input);
  const chapterId = move.chapterId as ChapterId;
  return inTransaction(ctx, async (ctx) => {
    const course = await holdCourseOfChapter(ctx, chapterId);
    const chapters = await ctx.db.sql(chaptersInOrder, course.id);
    const shown = chapters.filter(({ isRemoved }) => !isRemoved).map(({ id }) => id);
    if (!shown.includes(chapterId)) throw new AppError('conflict', 'Somebody has deleted this chapter meanwhile.');
    const removed = chapters.filter(({ isRemoved }) => isRemoved).map(({ id }) => id);
    await orderChapters(ctx, course.id, [...putBetween(shown, chapterId, move), ...removed]);
    return neighborsOf(shown, chapterId);
  });
}

/** Moves a lesson between two others, in its chapter or into another one of its course. Gives where it was. */
export async function moveLesson(
  ctx: Context,
  input: z.input<typeof lessonMove>,
): Promise<WasBetween<LessonId> & { chapterId: ChapterId }> {
  const move = parseInput(lessonMove, input);
  const lessonId = move.lessonId as LessonId;
  return inTransaction(ctx, async (ctx) => {
    const course = await holdCourseOfLesson(ctx, lessonId);
    const chapters = await ctx.db.sql(chaptersOfMove, course.id, lessonId, move.chapterId);
    const [from, to] = [chapters.find(({ isFrom }) => isFrom), chapters.find(({ isTo }) => isTo)];
    if (!from || !to) throw new AppError('conflict', 'Somebody has deleted this chapter meanwhile.');
    const rows = await lessonsOf(ctx, course.id, [...new Set([from.id, to.id])]);
    const [source, target] = [rows.get(from.id)!, rows.get(to.id)!];
    if (!source.shown.includes(lessonId)) throw new AppError('conflict', 'Somebody has deleted this lesson meanwhile.');
    const was = { chapterId: from.id, ...neighborsOf(source.shown, lessonId) };
    source.shown = source.shown.filter((id) => id !== lessonId);
    target.shown = putBetween(target.shown, lessonId, move);
    const order = [...rows].map(([id, { shown, removed }]) => ({ id, lessonIds: [...shown, ...removed] }));
    const moved = await orderLessons(ctx, course.id, order);
    // Within a chapter nothing that is counted changes.
    if (moved > 0 && from.id !== to.id) await afterOutlineChange(ctx, course);
    return was;
  });
}

async function lessonsOf(
  ctx: Context,
  courseId: CourseId,
  chapterIds: ChapterId[],
): Promise<Map<ChapterId, { shown: LessonId[]; removed: LessonId[] }>> {
  const rows = await ctx.db.sql(lessonsInOrder, courseId, chapterIds);
  return new Map(
    chapterIds.map((chapterId) => {
      const own = rows.filter((row) => row.chapterId === chapterId);
      const idsOf = (isRemoved: boolean) => own.filter((row) => row.isRemoved === isRemoved).map(({ id }) => id);
      return [chapterId, { shown: idsOf(false), removed: idsOf(true) }];
    }),
  );
}

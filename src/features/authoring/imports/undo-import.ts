import { deleteCourse, filesInTexts } from '#features/catalogue/index.server.ts';
import { deleteUnshownVideosDangerouslyUnchecked, removeUnusedFiles } from '#features/media/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type CourseId, isId, type UserId } from '#platform/ids.ts';
import { readBeside, withdrawBeside } from '../archive/companions.ts';
import { mayUndoImport } from '../policy.ts';
import type { Before } from './run-import.ts';
import { hashOf, keepWhole, restoreWhole, type WholeCourse } from './whole-course.ts';
import { isWorkedIn } from './worked-in.ts';

interface Row {
  ownerId: UserId;
  state: string;
  courseId: CourseId | null;
  before: Before;
  afterHash: string;
}

const hold = statement<Row, [string]>(`
  select owner_id as "ownerId", state, course_id as "courseId", before, after_hash as "afterHash" from imports where id = $1::uuid for update`);

/**
 * Takes an import back: a course that it made is deleted, one that it changed is again what it was, and the files that it brought go unless something
 * else uses them. Where the course was changed since, it says so first and waits to be told `despiteChanges`.
 */
export async function undoImport(
  ctx: Context,
  { importId, despiteChanges }: { importId: string; despiteChanges?: boolean },
): Promise<{ kind: 'undone' } | { kind: 'changed-since' }> {
  requirePerson(ctx);
  return inTransaction(
    ctx,
    async (ctx) => {
      const [row] = isId(importId) ? await ctx.db.sql(hold, importId) : [];
      if (!row || !mayUndoImport(ctx.actor, row.ownerId)) throw new AppError('not-found', 'There is no such import among yours.');
      if (row.state !== 'DONE') throw new AppError('conflict', 'Only an import that is done can be undone, and only once.');
      if (row.courseId === null) throw new AppError('conflict', 'The course is not there anymore: there is nothing to undo.');
      const now = await keepWhole(ctx, row.courseId);
      // An update leaves what a course costs as it is, and so does undoing it.
      const beside = row.before.whole ? {} : await readBeside(ctx, row.courseId);
      if (!despiteChanges && hashOf(now, beside) !== row.afterHash) return { kind: 'changed-since' };
      if (row.before.whole) await goBack(ctx, row.courseId, row.before.whole, now);
      else await deleteNew(ctx, row.courseId);
      await deleteUnshownVideosDangerouslyUnchecked(ctx, now.course);
      await removeUnusedFiles(ctx, { fileIds: row.before.fileIds, named: await filesInTexts(ctx, { instructorId: row.ownerId }) });
      await ctx.db.prisma.courseImport.update({ where: { id: importId }, data: { state: 'UNDONE', finishedAt: ctx.now } });
      return { kind: 'undone' };
    },
    { timeoutMs: 120_000 },
  );
}

async function deleteNew(ctx: Context, courseId: CourseId): Promise<void> {
  await withdrawBeside(ctx, courseId);
  await deleteCourse(ctx, { courseId });
}

async function goBack(ctx: Context, courseId: CourseId, before: WholeCourse, now: WholeCourse): Promise<void> {
  if (await isWorkedIn(ctx, { before, now }))
    throw new AppError(
      'conflict',
      'Students have already worked in lessons or exercises that this import brought. Hide those lessons in the outline instead.',
    );
  await restoreWhole(ctx, courseId, before);
}

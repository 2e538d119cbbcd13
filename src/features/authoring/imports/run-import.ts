import type { Prisma } from '#generated/prisma/client.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { FileId } from '#platform/ids.ts';
import { readBeside } from '../archive/companions.ts';
import type { Follower } from '../import/follower.ts';
import { type ImportInput, importCourse } from '../import/import-course.ts';
import type { ImportReport } from '../import/report.ts';
import { hashOf, keepWhole, type WholeCourse } from './whole-course.ts';

/** What taking an import back needs. */
export interface Before {
  /** The course as it was; null when the import made it. */
  whole: WholeCourse | null;
  /** The files that the import brought. */
  fileIds: FileId[];
}

const begin = statement<{ id: string }, [string]>(
  "update imports set state = 'RUNNING', percent = 0, message = 'Starting' where id = $1::uuid and state in ('QUEUED', 'RUNNING') returning id",
);
const progress = statement<unknown, [string, number, string]>(
  "update imports set percent = $2, message = $3 where id = $1::uuid and state = 'RUNNING'",
);
const fail = statement<unknown, [string, string]>(
  "update imports set state = 'FAILED', message = $2, finished_at = now(), file_id = null where id = $1::uuid and state in ('QUEUED', 'RUNNING')",
);
const hold = statement<{ id: string }, [string]>("select id from imports where id = $1::uuid and state = 'RUNNING' for update");

/** Writing how far it is costs a commit; more often than this nobody looks. */
const pauseMs = 400;

/**
 * Runs an import whose row is there, as the person who acts. That it is done stands in the same transaction as the course: killed before, it begins
 * anew; run again after, it does nothing and gives undefined. A source that cannot be imported leaves its reason in the row.
 */
export async function runImport(
  ctx: Context,
  { importId, ...input }: ImportInput & { importId: string },
): Promise<ImportReport | undefined> {
  const [begun] = await inTransaction(ctx, (ctx) => ctx.db.sql(begin, importId));
  if (!begun) return undefined;
  try {
    return await importCourse(ctx, input, followerOf(ctx, importId));
  } catch (error) {
    if (error instanceof AppError) await failImport(ctx, { importId, message: error.message });
    throw error;
  }
}

/** Ends an import that will not become a course, with words that say what to do. */
export async function failImport(ctx: Context, { importId, message }: { importId: string; message: string }): Promise<void> {
  await inTransaction(ctx, (ctx) => ctx.db.sql(fail, importId, message));
}

function followerOf(outer: Context, importId: string): Follower {
  const before: Before = { whole: null, fileIds: [] };
  let saidAt = 0;
  return {
    async progress(percent, message) {
      if (performance.now() - saidAt < pauseMs) return;
      saidAt = performance.now();
      // On a connection of its own: the course is written in a transaction that nobody sees into.
      await inTransaction(outer, (ctx) => ctx.db.sql(progress, importId, percent, message));
    },
    async beforeWriting(ctx, courseId) {
      if (courseId !== undefined) before.whole = await keepWhole(ctx, courseId);
    },
    async afterWriting(ctx, report, files) {
      const [held] = await ctx.db.sql(hold, importId);
      if (!held) throw new AppError('conflict', 'This import has already ended.');
      const { id: courseId } = report.course;
      const rows = await ctx.db.prisma.file.findMany({
        where: { id: { in: files.filter((file) => !file.isRecorded).map((file) => file.id) } },
        select: { id: true },
      });
      before.fileIds = rows.map((row) => row.id as FileId);
      await ctx.db.prisma.courseImport.update({
        where: { id: importId },
        data: {
          state: 'DONE',
          percent: 100,
          message: '',
          format: report.format,
          report: report as unknown as Prisma.InputJsonObject,
          courseId,
          fileId: null,
          before: before as unknown as Prisma.InputJsonObject,
          afterHash: hashOf(await keepWhole(ctx, courseId), before.whole ? {} : await readBeside(ctx, courseId)),
          finishedAt: ctx.now,
        },
      });
    },
  };
}

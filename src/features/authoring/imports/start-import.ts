import { basename } from 'node:path';
import { ownFile } from '#features/media/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.server.ts';
import type { ImportInput } from '../import/import-course.ts';
import type { ImportReport } from '../import/report.ts';
import { mayBeginCourse } from '../policy.ts';
import { runImportJob } from './run-import-job.ts';
import { runImport } from './run-import.ts';

/** As many may wait or run at once, of one person. */
const mostAtOnce = 3;

/** Begins to import a package that the acting person has uploaded; the work is a job's. Gives the import's id. */
export async function startImport(ctx: Context, { fileId }: { fileId: string }): Promise<string> {
  const { id: ownerId } = requirePerson(ctx);
  if (!mayBeginCourse(ctx.actor)) throw new AppError('forbidden', 'Only instructors import courses.');
  return inTransaction(ctx, async (ctx) => {
    const file = await ownFile(ctx, { fileId, purpose: 'package' });
    const waiting = await ctx.db.prisma.courseImport.count({ where: { ownerId, state: { in: ['QUEUED', 'RUNNING'] } } });
    if (waiting >= mostAtOnce) throw new AppError('conflict', `${waiting} of your imports are still at work. Wait until one is done.`);
    const importId = newId<'import'>();
    await ctx.db.prisma.courseImport.create({ data: { id: importId, ownerId, fileId: file.id, name: file.name, createdAt: ctx.now } });
    await enqueue(ctx, runImportJob, { importId });
    return importId;
  });
}

/** Imports a source of this machine at once, and remembers it like one that was uploaded. */
export async function importNow(ctx: Context, input: ImportInput): Promise<ImportReport & { importId: string }> {
  const { id: ownerId } = requirePerson(ctx);
  if (!mayBeginCourse(ctx.actor)) throw new AppError('forbidden', 'Only instructors import courses.');
  const importId = newId<'import'>();
  await inTransaction(ctx, (ctx) =>
    ctx.db.prisma.courseImport.create({ data: { id: importId, ownerId, name: basename(input.path) || input.path, createdAt: ctx.now } }),
  );
  const report = await runImport(ctx, { ...input, importId });
  if (!report) throw new Error('An import that was just made had already ended');
  return { ...report, importId };
}

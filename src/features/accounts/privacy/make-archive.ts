import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { exportReadyMail } from '../emails/export-ready.ts';
import { archiveDays, archiveKey } from './archive.ts';
import { discardArchivesJob } from './discard-archives.ts';
import { writeArchive } from './write-archive.ts';

const payload = z.object({ exportId: z.uuid() });

/** Makes the archive that somebody asked for. A run that comes again writes the same object again, so that there is never a second. */
export const makeArchiveJob = defineJob<z.infer<typeof payload>>({
  name: 'accounts.makeArchive',
  schema: payload,
  maxAttempts: 6,
  async handler(ctx, { exportId }, run) {
    const wanted = await ctx.db.prisma.dataExport.findFirst({
      where: { id: exportId, state: 'QUEUED', user: { deletedAt: null } },
      select: { user: { select: { id: true, name: true, email: true } } },
    });
    if (!wanted) return;
    try {
      const sizeBytes = await writeArchive(ctx, wanted.user, archiveKey(exportId));
      await finish(ctx, exportId, wanted.user, sizeBytes);
    } catch (error) {
      if (run?.isLast) await ctx.db.prisma.dataExport.updateMany({ where: { id: exportId, state: 'QUEUED' }, data: { state: 'FAILED' } });
      throw error;
    }
  },
});

/** Says that the archive is there, in place of any before it. */
async function finish(
  ctx: Context,
  exportId: string,
  person: { id: string; name: string; email: string },
  sizeBytes: number,
): Promise<void> {
  const key = archiveKey(exportId);
  await inTransaction(ctx, async (ctx) => {
    const { dataExport } = ctx.db.prisma;
    const expiresAt = new Date(ctx.now.getTime() + archiveDays * 86_400_000);
    const { count } = await dataExport.updateMany({
      where: { id: exportId, state: 'QUEUED' },
      data: { state: 'READY', key, sizeBytes, expiresAt },
    });
    // The account was closed meanwhile: nobody may find the archive.
    if (count === 0) return enqueue(ctx, discardArchivesJob, { keys: [key] });
    const older = { userId: person.id, id: { not: exportId }, state: { not: 'QUEUED' as const } };
    const replaced = await dataExport.findMany({ where: older, select: { key: true } });
    await dataExport.deleteMany({ where: older });
    const keys = replaced.flatMap((old) => old.key ?? []);
    if (keys.length > 0) await enqueue(ctx, discardArchivesJob, { keys });
    const url = `${runtime().config.origin}/settings/privacy`;
    await sendMail(ctx, exportReadyMail, person.email, { userId: person.id, name: person.name, url });
  });
}

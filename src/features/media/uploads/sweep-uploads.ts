import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { deleteUnrecordedJob } from '../files/delete-unrecorded.ts';
import { clearStaging, stagedBytes } from './staging.ts';

const dayMs = 24 * 3600 * 1000;
/** An upload may wait this long for its next byte. */
const patienceMs = dayMs;
/** A file that was uploaded may wait this long to be used: somebody went home with the form open. */
const unusedMs = 7 * dayMs;

const onTheirWay = statement<{ id: string; createdAt: Date }, [afterId: string]>(
  'select id, created_at as "createdAt" from uploads where file_id is null and id > $1::uuid order by id limit 500',
);
const giveUp = statement<unknown, [id: string]>('delete from uploads where id = $1::uuid and file_id is null');
const stillThere = statement<{ id: string }, [ids: string[]]>('select id from uploads where id = any($1::uuid[]) and file_id is null');
const unused = statement<{ id: string }, [before: string]>('select unused_uploads($1::timestamptz) as id');
// A file that somebody begins to use in this moment fails the job, whose next run finds it used.
const deleteFile = statement<{ key: string; variants: { key: string }[] }, [id: string]>(
  'delete from files where id = $1::uuid returning key, variants',
);

/** Each night: removes uploads that no byte came for in a day, bytes that no upload waits for, and uploaded files that nothing uses after a week. */
export const sweepUploadsJob = defineJob({
  name: 'media.sweepUploads',
  schema: z.object({}),
  schedule: '50 3 * * *',
  async handler(ctx) {
    await sweepUnfinished(ctx);
    await sweepBytes(ctx, runtime().config.uploads.folder, true);
    await sweepBytes(ctx, runtime().config.scratchDir, false);
    await sweepUnused(ctx);
  },
});

async function sweepUnfinished(ctx: Context): Promise<void> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const uploads = await ctx.db.sql(onTheirWay, after);
    for (const { id, createdAt } of uploads) {
      const lastAt = (await stagedBytes(id))?.lastAt ?? createdAt;
      if (ctx.now.getTime() - lastAt.getTime() < patienceMs) continue;
      await ctx.db.sql(giveUp, id);
      await clearStaging(id);
    }
    const last = uploads.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** Removes old files of a folder for what is on its way; those that an upload waits for stay. */
async function sweepBytes(ctx: Context, folder: string, keepsUploads: boolean): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const ids = keepsUploads ? names.filter(isId) : [];
  const kept = new Set(ids.length > 0 ? (await ctx.db.sql(stillThere, ids)).map((row) => row.id) : []);
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (!found || kept.has(name) || ctx.now.getTime() - found.mtime.getTime() < patienceMs) continue;
    await rm(path, { recursive: true, force: true });
  }
}

async function sweepUnused(ctx: Context): Promise<void> {
  for (const { id } of await ctx.db.sql(unused, new Date(ctx.now.getTime() - unusedMs).toISOString())) {
    await inTransaction(ctx, async (ctx) => {
      const [row] = await ctx.db.sql(deleteFile, id);
      if (!row) return;
      await enqueue(ctx, deleteUnrecordedJob, { key: row.key, objectKeys: [row.key, ...row.variants.map((variant) => variant.key)] });
    });
  }
}

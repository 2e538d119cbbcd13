import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { everythingAt } from '#platform/storage.server.ts';
import { archiveFolder } from './archive.ts';

const dayMs = 86_400_000;

const deleteEnded = statement<unknown, [now: string, longAgo: string]>(
  "delete from data_exports where expires_at <= $1::timestamptz or (state = 'FAILED' and updated_at <= $2::timestamptz)",
);

/** Whatever made it has died for good: its person may ask again. */
const giveUp = statement<unknown, [longAgo: string, now: string]>(
  "update data_exports set state = 'FAILED', updated_at = $2::timestamptz where state = 'QUEUED' and created_at <= $1::timestamptz",
);

const keptKeys = statement<{ key: string }>('select key from data_exports where key is not null');

/** Each night: archives that are no longer kept, and bytes that no row speaks of. */
export const sweepArchivesJob = defineJob({
  name: 'accounts.sweepArchives',
  schema: z.object({}),
  schedule: '50 3 * * *',
  async handler(ctx) {
    const twoDaysAgo = new Date(ctx.now.getTime() - 2 * dayMs).toISOString();
    await ctx.db.sql(giveUp, twoDaysAgo, ctx.now.toISOString());
    await ctx.db.sql(deleteEnded, ctx.now.toISOString(), new Date(ctx.now.getTime() - 7 * dayMs).toISOString());
    await sweepBytes(ctx);
  },
});

async function sweepBytes(ctx: Context): Promise<void> {
  const { storage } = runtime();
  const folders = [...(await storage.listAll('/')).objects];
  if (!folders.some((folder) => folder.isDirectory && folder.name === archiveFolder)) return;
  const kept = new Set((await ctx.db.sql(keptKeys)).map(({ key }) => key));
  for await (const object of everythingAt(storage, archiveFolder)) {
    if (!object.isFile || kept.has(object.key)) continue;
    const { lastModified } = await storage.getMetaData(object.key);
    // One that is being made has bytes before its row says so.
    if (ctx.now.getTime() - lastModified.getTime() > dayMs) await storage.delete(object.key);
  }
}

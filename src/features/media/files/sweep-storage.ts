import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { everythingAt } from '#platform/storage.server.ts';

/** Bytes may wait this long for their row: longer than any import or upload takes. */
const patienceMs = 24 * 3600 * 1000;

/** The folders of files' bytes, and of those that still arrive; what other features keep, they sweep themselves. */
const ours = /^([0-9a-f]{2}|incoming)$/;

const knownKeys = statement<{ key: string }, [string]>(`
  select key from files where key like $1 || '/%'
  union all
  select variant ->> 'key' from files cross join jsonb_array_elements(variants) variant where files.key like $1 || '/%'
  union all
  select key from rungs where key like $1 || '/%'`);

/** Each night: removes bytes whose row was never written, because the program was killed between the two. */
export const sweepStorageJob = defineJob({
  name: 'media.sweepStorage',
  schema: z.object({}),
  schedule: '20 3 * * *',
  handler: (ctx) => sweepStorage(ctx),
});

async function sweepStorage(ctx: Context): Promise<void> {
  const { storage } = runtime();
  for await (const folder of everythingAt(storage, '/')) {
    if (!folder.isDirectory || !ours.test(folder.name)) continue;
    const known = new Set((await ctx.db.sql(knownKeys, folder.name)).map((row) => row.key));
    for await (const object of everythingAt(storage, folder.name)) {
      if (!object.isFile || known.has(object.key)) continue;
      const { lastModified } = await storage.getMetaData(object.key);
      if (ctx.now.getTime() - lastModified.getTime() > patienceMs) await storage.delete(object.key);
    }
  }
}

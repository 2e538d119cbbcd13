import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { everythingAt } from '#platform/storage.server.ts';
import { discardPackage } from './stored-package.ts';

/** Bytes may wait this long for their row: longer than any import takes. */
const patienceMs = 24 * 3600 * 1000;

/** Each night: removes the bytes of packages that were exchanged or deleted, or never recorded because the program was killed. */
export const sweepPackagesJob = defineJob({
  name: 'packages.sweep',
  schema: z.object({}),
  schedule: '40 3 * * *',
  handler: sweepPackages,
});

async function sweepPackages(ctx: Context): Promise<void> {
  const { storage } = runtime();
  for await (const folder of everythingAt(storage, 'packages')) {
    if (!folder.isDirectory) continue;
    const old: { key: string }[] = [];
    for await (const object of everythingAt(storage, folder.prefix)) {
      if (!object.isFile) continue;
      const { lastModified } = await storage.getMetaData(object.key);
      if (ctx.now.getTime() - lastModified.getTime() > patienceMs) old.push({ key: object.key });
    }
    await discardPackage(ctx, old);
  }
}

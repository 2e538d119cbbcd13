import { z } from 'zod';
import { defineJob } from '#platform/jobs.server.ts';
import { runtime } from '#platform/runtime.server.ts';

/** Deletes archives whose rows are gone, once that is committed. */
export const discardArchivesJob = defineJob<{ keys: string[] }>({
  name: 'accounts.discardArchives',
  schema: z.object({ keys: z.array(z.string()) }),
  async handler(_ctx, { keys }) {
    for (const key of keys) await runtime().storage.delete(key);
  },
});

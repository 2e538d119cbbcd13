import { z } from 'zod';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';

const endLapsedStreaks = statement<unknown, [moment: string]>('select end_lapsed_streaks($1::timestamptz)');

/** Ends streaks that nobody went on with: half an hour after a day is over everywhere on earth. */
export const endLapsedStreaksJob = defineJob({
  name: 'learning.endLapsedStreaks',
  schema: z.object({}),
  schedule: '30 12 * * *',
  async handler(ctx) {
    await ctx.db.sql(endLapsedStreaks, ctx.now.toISOString());
  },
});

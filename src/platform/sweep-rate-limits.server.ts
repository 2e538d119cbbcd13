import { z } from 'zod';
import { statement } from './database/statement.ts';
import { defineJob } from './jobs.server.ts';

// rate-limiter-flexible keeps the end of a count as milliseconds of the epoch.
const sweep = statement<unknown, [nowMs: number]>('delete from rate_limits where expire <= $1::bigint');

/** Deletes counts of attempts that have ended, every hour: they carry addresses of people and machines. */
export const sweepRateLimitsJob = defineJob({
  name: 'platform.sweepRateLimits',
  schema: z.object({}),
  schedule: '7 * * * *',
  async handler(ctx) {
    await ctx.db.sql(sweep, ctx.now.getTime());
  },
});

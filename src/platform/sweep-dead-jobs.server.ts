import { z } from 'zod';
import { statement } from './database/statement.ts';
import { defineJob } from './jobs.server.ts';

/** How long a job that has failed for good is kept for an admin to look at. */
const deadJobDays = 30;

const sweep = statement<{ count: number }, [before: string]>(
  `with swept as (
     delete from graphile_worker._private_jobs
      where attempts >= max_attempts and locked_at is null and updated_at <= $1::timestamptz returning 1)
   select count(*)::int as count from swept`,
);

/** Deletes what is left of jobs that failed for good, once a night: their payloads may speak of people. */
export const sweepDeadJobsJob = defineJob({
  name: 'platform.sweepDeadJobs',
  schema: z.object({}),
  schedule: '45 3 * * *',
  async handler(ctx) {
    const [swept] = await ctx.db.sql(sweep, new Date(ctx.now.getTime() - deadJobDays * 86_400_000).toISOString());
    if (swept?.count) ctx.log.warn({ count: swept.count }, 'jobs that had failed for good were swept away');
  },
});

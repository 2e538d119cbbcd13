import { z } from 'zod';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';

const sweepSessions = statement<unknown, [now: string]>('delete from sessions where expires_at <= $1::timestamptz');
const sweepProofs = statement<unknown, [now: string]>('delete from verifications where expires_at <= $1::timestamptz');

/** Deletes what time has ended, once a night: sessions, with their addresses and browsers, and mailed links. */
export const sweepExpiredJob = defineJob({
  name: 'accounts.sweepExpired',
  schema: z.object({}),
  schedule: '40 3 * * *',
  async handler(ctx) {
    await ctx.db.sql(sweepSessions, ctx.now.toISOString());
    await ctx.db.sql(sweepProofs, ctx.now.toISOString());
  },
});

import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';

/** How long what was removed can be put back. */
export const restoreDays = 30;

// What people handed in and were graded for is theirs: the database keeps it, and with it the lesson that it belongs to, out of sight.
const keeps = (lesson: string) => `(
  exists (select from quizzes q join quiz_attempts a on a.quiz_id = q.id where q.lesson_id = ${lesson})
  or exists (select from assignments a join submissions s on s.assignment_id = a.id where a.lesson_id = ${lesson}))`;

const removeLessons = statement<unknown, [until: string]>(`
  delete from lessons l using removals x where x.lesson_id = l.id and x.removed_at < $1::timestamptz and not ${keeps('l.id')}`);

const removeChapters = statement<unknown, [until: string]>(`
  delete from chapters c using removals x where x.chapter_id = c.id and x.removed_at < $1::timestamptz
     and not exists (select from lessons l where l.chapter_id = c.id and ${keeps('l.id')})`);

/** Each night: what was removed long ago goes for good, with what people watched and noted there. */
export const sweepRemovedJob = defineJob({
  name: 'catalogue.sweepRemoved',
  schema: z.object({}),
  schedule: '40 3 * * *',
  handler: (ctx) => sweepRemoved(ctx),
});

export async function sweepRemoved(ctx: Context): Promise<void> {
  const until = new Date(ctx.now.getTime() - restoreDays * 86_400_000).toISOString();
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.sql(removeLessons, until);
    await ctx.db.sql(removeChapters, until);
  });
}

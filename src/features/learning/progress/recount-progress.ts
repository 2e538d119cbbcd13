import { outlineChanged } from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { subscribe } from '#platform/events.server.ts';
import { afterCompletion } from './after-completion.ts';

const enrollmentsOf = statement<{ ids: string[] }, [courseId: string]>(
  'select coalesce(array_agg(id order by id), array[]::uuid[]) as ids from enrollments where course_id = $1',
);

const rollUp = statement<{ enrollmentId: string; userId: string; courseId: string }, [enrollmentIds: string[], moment: string]>(
  `select e.id as "enrollmentId", e.user_id as "userId", e.course_id as "courseId"
     from roll_up_progress($1::uuid[], $2::timestamptz) r join enrollments e on e.id = r.enrollment_id where r.completed_now`,
);

/** Few enough that no learner of the course waits for long, many enough that a large course is done in minutes. */
const atATime = 200;

/** After lessons came or went: works out anew how far each learner of the course is. Whoever has nothing left to do has completed it. */
export const recountProgress = subscribe(outlineChanged, 'learning.recountProgress', async (ctx: Context, { courseId }) => {
  const [course] = await asActor(ctx, (sql) => sql(enrollmentsOf, courseId));
  const ids = course?.ids ?? [];
  for (let start = 0; start < ids.length; start += atATime) {
    await inTransaction(ctx, async (ctx) => {
      const finished = await ctx.db.sql(rollUp, ids.slice(start, start + atATime), ctx.now.toISOString());
      for (const enrollment of finished) await afterCompletion(ctx, enrollment);
    });
  }
});

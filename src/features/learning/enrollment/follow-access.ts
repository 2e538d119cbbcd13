import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { type Event, publish } from '#platform/events.server.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { accessEnded, accessEndsSoon, accessReturned } from '../events.server.ts';

/** How long before its end somebody is told. */
const noticeDays = 7;

/** Few enough that nobody waits for long behind it. */
const atATime = 500;

interface Moved {
  enrollmentId: string;
  userId: string;
  courseId: string;
  endsAt: Date | null;
}

const moved = `returning e.id as "enrollmentId", e.user_id as "userId", e.course_id as "courseId", e.expires_at as "endsAt"`;
const itsGrants = 'access_grants g where g.user_id = e.user_id and g.course_id = e.course_id and g.revoked_at is null';
const lives = 'g.starts_at <= $1::timestamptz and (g.expires_at is null or g.expires_at > $1::timestamptz)';

const expire = statement<Moved, [moment: string]>(
  `update enrollments e
      set status = 'EXPIRED', expires_at = (select max(g.expires_at) from ${itsGrants} and g.expires_at <= $1::timestamptz), updated_at = $1::timestamptz
    where e.id in (
            select e.id from access_grants o join enrollments e on e.user_id = o.user_id and e.course_id = o.course_id and e.status in ('ACTIVE', 'COMPLETED')
             where o.expires_at <= $1::timestamptz and o.revoked_at is null and not exists (select from ${itsGrants} and ${lives})
             order by e.id limit ${atATime})
      and e.status in ('ACTIVE', 'COMPLETED')
  ${moved}`,
);

const comeBack = statement<Moved, [moment: string]>(
  `update enrollments e
      set status = (case when e.completed_at is null then 'ACTIVE' else 'COMPLETED' end)::enrollment_status, expires_at = null, updated_at = $1::timestamptz
    where e.id in (select e.id from enrollments e where e.status = 'EXPIRED' and exists (select from ${itsGrants} and ${lives}) order by e.id limit ${atATime})
      and e.status = 'EXPIRED'
  ${moved}`,
);

// `expires_at` remembers of which end somebody was told, so that they hear of each once. Access that is short from the start needs no notice, and members hear of
// the end of their membership, which most often goes on.
const notice = statement<Moved, [moment: string, horizon: string]>(
  `update enrollments e set expires_at = ends.at, updated_at = $1::timestamptz
     from (select e.id, max(o.expires_at) as at
             from access_grants o join enrollments e on e.user_id = o.user_id and e.course_id = o.course_id and e.status in ('ACTIVE', 'COMPLETED')
            where o.expires_at > $1::timestamptz and o.expires_at <= $2::timestamptz and o.revoked_at is null and o.starts_at <= $1::timestamptz
              and o.source <> 'MEMBERSHIP'
              and o.expires_at - o.starts_at > interval '${noticeDays} days'
              and not exists (select from ${itsGrants} and (g.expires_at is null or g.expires_at > $2::timestamptz))
            group by e.id
           having e.expires_at is distinct from max(o.expires_at)
            order by e.id limit ${atATime}) ends
    where e.id = ends.id
  ${moved}`,
);

/** Follows the clock: access that has ended ends its enrollment, access given anew brings it back, and whoever loses theirs within a week is told. Running it twice changes nothing. */
async function followAccess(ctx: Context): Promise<void> {
  const moment = ctx.now.toISOString();
  const horizon = new Date(ctx.now.getTime() + noticeDays * 86_400_000).toISOString();
  const told = ({ enrollmentId, userId, courseId }: Moved) => ({ enrollmentId, userId, courseId });
  await inSteps(ctx, accessEnded, (ctx) => ctx.db.sql(expire, moment), told);
  await inSteps(ctx, accessReturned, (ctx) => ctx.db.sql(comeBack, moment), told);
  await inSteps(
    ctx,
    accessEndsSoon,
    (ctx) => ctx.db.sql(notice, moment, horizon),
    (row) => ({ ...told(row), endsAt: row.endsAt!.toISOString() }),
  );
}

async function inSteps<Told>(
  ctx: Context,
  event: Event<Told>,
  step: (ctx: Context) => Promise<Moved[]>,
  told: (row: Moved) => Told,
): Promise<void> {
  for (let count = atATime; count === atATime; ) {
    count = await inTransaction(ctx, async (ctx) => {
      const rows = await step(ctx);
      for (const row of rows) await publish(ctx, event, told(row));
      return rows.length;
    });
  }
}

/** Does so every ten minutes. */
export const followAccessJob = defineJob({
  name: 'learning.followAccess',
  schema: z.object({}),
  schedule: '*/10 * * * *',
  handler: (ctx) => followAccess(ctx),
});

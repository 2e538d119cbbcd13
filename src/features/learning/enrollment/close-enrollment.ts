import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { publish } from '#platform/events.server.ts';
import type { CourseId, EnrollmentId, UserId } from '#platform/ids.ts';
import { accessEnded } from '../events.server.ts';

// Access that is still to come keeps an enrollment too.
const close = statement<{ id: EnrollmentId }, [userId: string, courseId: string, moment: string]>(
  `update enrollments e set status = 'CANCELLED', updated_at = $3::timestamptz
    where e.user_id = $1::uuid and e.course_id = $2::uuid and e.status in ('ACTIVE', 'COMPLETED')
      and not exists (select from access_grants g where g.user_id = e.user_id and g.course_id = e.course_id and g.revoked_at is null
                         and (g.expires_at is null or g.expires_at > $3::timestamptz))
   returning e.id`,
);

/** Ends the enrollment of a person whose grant was just taken, unless another one lives or is still to come. What they did and wrote is kept. */
export async function closeEnrollment(ctx: Context, { userId, courseId }: { userId: UserId; courseId: CourseId }): Promise<void> {
  const [closed] = await ctx.db.sql(close, userId, courseId, ctx.now.toISOString());
  if (closed) await publish(ctx, accessEnded, { userId, courseId, enrollmentId: closed.id });
}

import { countStudent } from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { type CourseId, type EnrollmentId, newId, type UserId } from '#platform/ids.ts';
import { type EnrollmentStatus, statusOnAccess } from '../policy.ts';

const enroll = statement<{ id: EnrollmentId }, [id: string, person: string, courseId: string, moment: string]>(
  `insert into enrollments (id, user_id, course_id, status, enrolled_at, last_accessed_at, created_at, updated_at)
   values ($1, $2, $3, 'ACTIVE', $4::timestamptz, $4::timestamptz, $4::timestamptz, $4::timestamptz)
   on conflict (user_id, course_id) do nothing
   returning id`,
);

const holdEnrollment = statement<{ id: EnrollmentId; status: EnrollmentStatus; isFinished: boolean }, [person: string, courseId: string]>(
  `select id, status, completed_at is not null as "isFinished" from enrollments where user_id = $1 and course_id = $2 for no key update`,
);

const reopen = statement<unknown, [id: string, status: EnrollmentStatus, moment: string]>(
  `update enrollments
      set status = $2::enrollment_status, expires_at = null, updated_at = $3::timestamptz,
          last_accessed_at = case when user_id = app_user_id() then $3::timestamptz else last_accessed_at end
    where id = $1`,
);

/** Enrolls the person of a grant that was just given, or opens the enrollment that they have. Only the school ends a suspension. */
export async function openEnrollment(
  ctx: Context,
  { userId, courseId }: { userId: UserId; courseId: CourseId },
): Promise<'enrolled' | 'already' | 'suspended'> {
  const moment = ctx.now.toISOString();
  const [made] = await ctx.db.sql(enroll, newId(), userId, courseId, moment);
  if (made) {
    await countStudent(ctx, { courseId });
    return 'enrolled';
  }
  const [known] = await ctx.db.sql(holdEnrollment, userId, courseId);
  if (!known || known.status === 'SUSPENDED') return 'suspended';
  const status = statusOnAccess(known);
  if (!status) return 'already';
  await ctx.db.sql(reopen, known.id, status, moment);
  return 'enrolled';
}

import { courseCompleted } from '#features/learning/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { subscribe } from '#platform/events.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { courseCompletedMail } from './emails/course-completed.ts';

// Joy keeps for a day: what was completed before that (a demo school's year, jobs that nobody ran for long) is not written about any more.
const whoAndWhat = statement<
  { name: string; email: string; courseTitle: string; certificateCode: string | null },
  [enrollmentId: string, now: string]
>(
  `select u.name, u.email, c.title as "courseTitle", k.code as "certificateCode"
     from enrollments e join users u on u.id = e.user_id join courses c on c.id = e.course_id
     left join certificates k on k.enrollment_id = e.id and k.revoked_at is null
    where e.id = $1::uuid and u.deleted_at is null and e.completed_at > $2::timestamptz - interval '1 day'`,
);

/** When someone has just completed a course: a mail that says so. */
export const congratulate = subscribe(courseCompleted, 'notifications.congratulate', async (ctx: Context, { userId, enrollmentId }) => {
  const { origin } = runtime().config;
  await inTransaction(ctx, async (ctx) => {
    const [found] = await ctx.db.sql(whoAndWhat, enrollmentId, ctx.now.toISOString());
    if (!found) return;
    const { name, email, courseTitle, certificateCode } = found;
    await sendMail(ctx, courseCompletedMail, email, {
      userId,
      name,
      courseTitle,
      certificateUrl: certificateCode ? `${origin}/certificates/${certificateCode}` : undefined,
      dashboardUrl: `${origin}/dashboard`,
      settingsUrl: `${origin}/settings/notifications`,
    });
  });
});

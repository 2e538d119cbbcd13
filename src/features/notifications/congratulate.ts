import { courseCompleted } from '#features/learning/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { subscribe } from '#platform/events.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { courseCompletedMail } from './emails/course-completed.ts';

const whoAndWhat = statement<{ name: string; email: string; courseTitle: string }, [userId: string, courseId: string]>(
  `select u.name, u.email, c.title as "courseTitle" from users u, courses c
    where u.id = $1::uuid and u.deleted_at is null and c.id = $2::uuid`,
);

/** When someone has completed a course: a mail that says so. */
export const congratulate = subscribe(courseCompleted, 'notifications.congratulate', async (ctx: Context, { userId, courseId }) => {
  const { origin } = runtime().config;
  await inTransaction(ctx, async (ctx) => {
    const [found] = await ctx.db.sql(whoAndWhat, userId, courseId);
    if (!found) return;
    const { name, email, courseTitle } = found;
    await sendMail(ctx, courseCompletedMail, email, {
      userId,
      name,
      courseTitle,
      dashboardUrl: `${origin}/dashboard`,
      settingsUrl: `${origin}/settings/notifications`,
    });
  });
});

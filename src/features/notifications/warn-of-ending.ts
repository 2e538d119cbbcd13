import { accessEndsSoon } from '#features/learning/index.server.ts';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { subscribe } from '#platform/events.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { momentInWords } from '#platform/time.ts';
import { accessEndingMail } from './emails/access-ending.ts';

// Not of an end that is past, or that has moved since: a longer grant brings a notice of its own.
const whoAndWhat = statement<
  { name: string; email: string; timeZone: string; courseTitle: string; courseSlug: string },
  [enrollmentId: string, endsAt: string, now: string]
>(
  `select u.name, u.email, u.time_zone as "timeZone", c.title as "courseTitle", c.slug as "courseSlug"
     from enrollments e join users u on u.id = e.user_id join courses c on c.id = e.course_id
    where e.id = $1::uuid and e.status in ('ACTIVE', 'COMPLETED') and e.expires_at = $2::timestamptz and e.expires_at > $3::timestamptz and u.deleted_at is null
      and not exists (select from access_grants g where g.user_id = e.user_id and g.course_id = e.course_id and g.revoked_at is null
                         and (g.expires_at is null or g.expires_at > $2::timestamptz))`,
);

/** A week before somebody's access to a course ends: a mail that says when. */
export const warnOfEnding = subscribe(
  accessEndsSoon,
  'notifications.warnOfEnding',
  async (ctx: Context, { userId, enrollmentId, endsAt }) => {
    const { origin } = runtime().config;
    await inTransaction(ctx, async (ctx) => {
      const [found] = await ctx.db.sql(whoAndWhat, enrollmentId, endsAt, ctx.now.toISOString());
      if (!found) return;
      const { name, email, timeZone, courseTitle, courseSlug } = found;
      await sendMail(ctx, accessEndingMail, email, {
        userId,
        name,
        courseTitle,
        endsAt: momentInWords(new Date(endsAt), timeZone),
        courseUrl: `${origin}/learn/${courseSlug}`,
        settingsUrl: `${origin}/settings/notifications`,
      });
    });
  },
);

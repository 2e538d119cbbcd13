import { z } from 'zod';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob, enqueue, type Job } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { announcementMail } from '../emails/announcement.ts';

/** Few enough that a transaction is short, and many enough that a large course is soon done. */
const atATime = 200;

interface Sending {
  title: string;
  content: string;
  by: string;
  courseTitle: string;
  courseSlug: string;
}

const announcementToSend = statement<Sending, [id: string]>(
  `select a.title, a.content, u.name as by, c.title as "courseTitle", c.slug as "courseSlug"
     from announcements a join courses c on c.id = a.course_id join people u on u.id = a.author_id where a.id = $1::uuid and a.sent_at is null for no key update of a`,
);

const recipients = statement<
  { enrollmentId: string; userId: string; name: string; email: string },
  [id: string, after: string | null, moment: string, limit: number]
>(
  `select e.id as "enrollmentId", u.id as "userId", u.name, u.email
     from announcements a join enrollments e on e.course_id = a.course_id join users u on u.id = e.user_id and u.deleted_at is null
    where a.id = $1::uuid and ($2::uuid is null or e.id > $2::uuid) and e.status in ('ACTIVE', 'COMPLETED')
      and exists (select from access_grants g where g.user_id = e.user_id and g.course_id = e.course_id and g.revoked_at is null
                     and g.starts_at <= $3::timestamptz and (g.expires_at is null or g.expires_at > $3::timestamptz))
    order by e.id limit $4`,
);

const deliver = statement<{ userId: string }, [id: string, userIds: string[], moment: string]>(
  `insert into announcement_deliveries (announcement_id, user_id, created_at, updated_at)
   select $1::uuid, unnest($2::uuid[]), $3::timestamptz, $3::timestamptz on conflict do nothing returning user_id as "userId"`,
);

const count = statement<unknown, [id: string, more: number, isDone: boolean, moment: string]>(
  `update announcements set recipient_count = recipient_count + $2, sent_at = case when $3 then $4::timestamptz end, updated_at = $4::timestamptz where id = $1::uuid`,
);

const payload = z.object({ announcementId: z.uuid(), after: z.uuid().nullable() });

/** Writes to a part of a course's students and hands the rest on to the next run: whoever is written down as reached is not written to again. */
export const sendAnnouncementJob: Job<z.infer<typeof payload>> = defineJob({
  name: 'community.sendAnnouncement',
  schema: payload,
  async handler(ctx, { announcementId, after }) {
    await inTransaction(ctx, async (ctx) => {
      const [announcement] = await ctx.db.sql(announcementToSend, announcementId);
      if (!announcement) return;
      const moment = ctx.now.toISOString();
      const people = await ctx.db.sql(recipients, announcementId, after, moment, atATime);
      const ids = people.map(({ userId }) => userId);
      const reached = new Set((await ctx.db.sql(deliver, announcementId, ids, moment)).map(({ userId }) => userId));
      const { origin } = runtime().config;
      const { courseSlug, content, ...words } = announcement;
      const paragraphs = content.split(/\n{2,}/).filter((part) => part.trim() !== '');
      for (const { userId, name, email } of people.filter((person) => reached.has(person.userId))) {
        const links = { courseUrl: `${origin}/learn/${courseSlug}`, settingsUrl: `${origin}/settings/notifications` };
        await sendMail(ctx, announcementMail, email, { userId, name, ...words, paragraphs, ...links });
      }
      const isDone = people.length < atATime;
      await ctx.db.sql(count, announcementId, reached.size, isDone, moment);
      if (!isDone) await enqueue(ctx, sendAnnouncementJob, { announcementId, after: people.at(-1)!.enrollmentId });
    });
  },
});

import { z } from 'zod';
import type { Context } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { CourseId } from '#platform/ids.ts';
import { defineJob, enqueue } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { courseNotPublishedMail } from '../emails/course-not-published.ts';
import { coursePublishedMail } from '../emails/course-published.ts';
import { addressOf } from '../seo/school.ts';
import { holdCourseAt } from '../write/editable-course.ts';
import { publishCourse } from '../write/publish-course.ts';

const setMoment = statement<unknown, [courseId: string, at: string | null, moment: string]>(
  `update courses set publish_at = $2::timestamptz, updated_at = $3::timestamptz where id = $1::uuid and status = 'DRAFT'`,
);

/** Has a draft publish itself at a moment to come; null takes that back. What is missing then is asked then. */
export async function schedulePublishing(ctx: Context, input: { slug: string; at: Date | null }): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const course = await holdCourseAt(ctx, input.slug);
    if (!course.isDraft) throw new AppError('conflict', 'Only a draft can be scheduled.');
    if (input.at && input.at <= ctx.now) {
      throw new AppError('invalid', 'This moment has passed.', { fields: { at: 'Choose a moment that is still to come.' } });
    }
    await ctx.db.sql(setMoment, course.id, input.at?.toISOString() ?? null, ctx.now.toISOString());
    if (input.at) await enqueue(ctx, publishScheduledJob, { courseId: course.id }, { runAt: input.at, key: `publish ${course.id}` });
  });
}

// A job that comes too early, because the moment was moved, finds nothing to do.
const due = statement<{ slug: string; title: string; name: string; email: string }, [courseId: string, now: string]>(
  `select c.slug, c.title, u.name, u.email from courses c join users u on u.id = c.instructor_id
    where c.id = $1::uuid and c.status = 'DRAFT' and c.publish_at <= $2::timestamptz for no key update of c`,
);

/** Publishes a course at its moment, and tells its instructor, also when something was missing. */
export const publishScheduledJob = defineJob({
  name: 'catalogue.publishScheduled',
  schema: z.object({ courseId: z.uuid() }),
  async handler(ctx, { courseId }) {
    await inTransaction(ctx, async (ctx) => {
      const [course] = await ctx.db.sql(due, courseId, ctx.now.toISOString());
      if (!course) return;
      const { email, name, title, slug } = course;
      const answer = await publishCourse(ctx, { courseId: courseId as CourseId, needsDescription: true });
      if (answer.kind === 'incomplete') {
        await ctx.db.sql(setMoment, courseId, null, ctx.now.toISOString());
        const studioUrl = addressOf(`/studio/courses/${slug}/publish`);
        await sendMail(ctx, courseNotPublishedMail, email, { name, courseTitle: title, missing: answer.missing, studioUrl });
      } else {
        await sendMail(ctx, coursePublishedMail, email, { name, courseTitle: title, courseUrl: addressOf(`/courses/${slug}`) });
      }
    });
  },
});

import { z } from 'zod';
import { teamColumns } from '#features/catalogue/index.server.ts';
import { type CourseTeam, mayHelpStudents } from '#features/catalogue/policy.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type CourseId, isId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { renderMarkdown } from '#platform/markdown/render.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { mayAnnounce } from '../policy.ts';
import { sendAnnouncementJob } from './send-announcement.ts';

const fields = z.object({
  title: z.string().trim().min(1, 'Say in a line what it is about.').max(200, 'At most 200 characters.'),
  content: z.string().trim().min(1, 'Write what you have to say.').max(20_000, 'At most 20,000 characters.'),
});

/** Enough for whoever has news, and too few to be a nuisance to a whole course. */
const limit: RateLimit = { name: 'announce', attempts: 10, perSeconds: 86_400 };

const courseAt = statement<{ id: CourseId; status: string } & CourseTeam, [slug: string]>(
  `select c.id, c.status, ${teamColumns} from courses c where c.slug = $1`,
);
const keep = statement<
  { id: string },
  [id: string, authorId: string, courseId: string, title: string, content: string, contentHtml: string, moment: string]
>(
  `insert into announcements (id, author_id, course_id, title, content, content_html, published_at, created_at, updated_at)
   values ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7::timestamptz, $7::timestamptz, $7::timestamptz) on conflict (id) do nothing returning id`,
);

/** Sends an announcement to everybody to whom a course is open, as a mail. The form gives its id, so that one sent twice is one. */
export async function announce(
  ctx: Context,
  { slug, id, ...input }: { slug: string; id: string; title: string; content: string },
): Promise<void> {
  const person = requirePerson(ctx);
  const [course] = await ctx.db.sql(courseAt, slug);
  if (!course || !mayHelpStudents(ctx.actor, course)) throw new AppError('not-found', 'There is no such course among yours.');
  if (!mayAnnounce(ctx.actor, course)) throw new AppError('forbidden', 'Only those who teach this course write to all its students.');
  const { title, content } = parseInput(fields, input);
  if (course.status === 'DRAFT') throw new AppError('conflict', 'Nobody learns in a draft. Publish the course first.');
  if (!isId(id)) throw new AppError('invalid', 'This form is broken. Load the page again.');
  await runtime().rateLimiter.attempt(limit, person.id);
  const contentHtml = await renderMarkdown(content);
  await inTransaction(ctx, async (ctx) => {
    const [kept] = await ctx.db.sql(keep, id, person.id, course.id, title, content, contentHtml, ctx.now.toISOString());
    if (kept) await enqueue(ctx, sendAnnouncementJob, { announcementId: id, after: null });
  });
}

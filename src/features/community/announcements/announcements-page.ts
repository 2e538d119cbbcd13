import { teamColumns } from '#features/catalogue/index.server.ts';
import { type CourseTeam, mayHelpStudents } from '#features/catalogue/policy.ts';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId, newId } from '#platform/ids.ts';
import { mayAnnounce } from '../policy.ts';

/** The announcements of a course, as those who teach it see them. */
export interface AnnouncementsPage {
  mayAnnounce: boolean;
  isDraft: boolean;
  /** Of the next one. */
  newId: string;
  announcements: AnnouncementLine[];
  next: string | null;
}

export interface AnnouncementLine {
  id: string;
  title: string;
  contentHtml: string;
  by: string;
  publishedAt: Date;
  /** Everybody has been written to. */
  isSent: boolean;
  recipientCount: number;
}

const pageSize = 20;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const courseAt = statement<{ status: string } & CourseTeam, [slug: string]>(
  `select c.status, ${teamColumns} from courses c where c.slug = $1`,
);
const announcementsBefore = statement<AnnouncementLine, [slug: string, before: string]>(
  `select a.id, a.title, a.content_html as "contentHtml", u.name as by, a.published_at as "publishedAt", a.sent_at is not null as "isSent",
          a.recipient_count as "recipientCount"
     from announcements a join people u on u.id = a.author_id
    where a.course_id = (select id from courses where slug = $1) and a.published_at is not null and a.id < $2::uuid
    order by a.id desc limit ${pageSize + 1}`,
);

/** What was announced in a course, the newest first. Two queries. */
export async function announcementsPage(ctx: Context, input: { slug: string; before?: string | null }): Promise<AnnouncementsPage> {
  const before = input.before && isId(input.before) ? input.before : lastId;
  const [[course], rows] = await asActor(ctx, (sql) =>
    Promise.all([sql(courseAt, input.slug), sql(announcementsBefore, input.slug, before)]),
  );
  if (!course || !mayHelpStudents(ctx.actor, course)) throw new AppError('not-found', 'There is no such course among yours.');
  const announcements = rows.slice(0, pageSize);
  return {
    mayAnnounce: mayAnnounce(ctx.actor, course),
    isDraft: course.status === 'DRAFT',
    newId: newId(),
    announcements,
    next: rows.length > pageSize ? (announcements.at(-1)?.id ?? null) : null,
  };
}

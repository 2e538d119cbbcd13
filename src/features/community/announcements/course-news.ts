import { teamColumns } from '#features/catalogue/index.server.ts';
import { type CourseTeam, mayHelpStudents } from '#features/catalogue/policy.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';

/** What was announced in a course, as its students read it. */
interface CourseNews {
  course: { slug: string; title: string };
  announcements: { id: string; title: string; contentHtml: string; by: string; publishedAt: Date }[];
  isFirstPage: boolean;
  /** Where the next page begins. */
  next: string | null;
}

const pageSize = 20;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const courseAt = statement<{ slug: string; title: string; isOpen: boolean } & CourseTeam, [slug: string, person: string, moment: string]>(`
  select c.slug, c.title, ${teamColumns},
         exists (select from enrollments e join access_grants g on g.user_id = e.user_id and g.course_id = e.course_id
                  where e.course_id = c.id and e.user_id = $2::uuid and e.status in ('ACTIVE', 'COMPLETED') and g.revoked_at is null
                    and g.starts_at <= $3::timestamptz and (g.expires_at is null or g.expires_at > $3::timestamptz)) as "isOpen"
    from courses c where c.slug = $1`);
const newsBefore = statement<CourseNews['announcements'][number], [slug: string, before: string, moment: string]>(
  `select a.id, a.title, a.content_html as "contentHtml", u.name as by, a.published_at as "publishedAt"
     from announcements a join people u on u.id = a.author_id
    where a.course_id = (select id from courses where slug = $1) and a.published_at <= $3::timestamptz and a.id < $2::uuid
    order by a.id desc limit ${pageSize + 1}`,
);

/** The announcements of a course, the newest first, for everybody to whom it is open and for who teaches it; to others it is not there. Two queries. */
export async function courseNews(ctx: Context, input: { slug: string; before?: string | null }): Promise<CourseNews> {
  const person = requirePerson(ctx);
  const before = input.before && isId(input.before) ? input.before : lastId;
  const now = ctx.now.toISOString();
  const [[found], rows] = await asActor(ctx, (sql) =>
    Promise.all([sql(courseAt, input.slug, person.id, now), sql(newsBefore, input.slug, before, now)]),
  );
  if (!found || !(found.isOpen || mayHelpStudents(ctx.actor, found))) throw new AppError('not-found', 'There is no such course.');
  const announcements = rows.slice(0, pageSize);
  return {
    course: { slug: found.slug, title: found.title },
    announcements,
    isFirstPage: before === lastId,
    next: rows.length > pageSize ? (announcements.at(-1)?.id ?? null) : null,
  };
}

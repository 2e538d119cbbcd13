import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { renderMarkdown } from '#platform/markdown/render.ts';
import { type CourseCard, type CourseCardRow, courseCard, courseCardColumns } from './course-card.ts';
import { addressOf, placeFrom } from './find/course-filter.ts';

/** The public face of someone who teaches, and what they teach. */
export interface InstructorPage {
  username: string;
  name: string;
  image: string | null;
  headline: string | null;
  bioHtml: string | null;
  expertise: string[];
  certifications: string[];
  yearsOfExperience: number | null;
  links: { label: string; href: string }[];
  courseCount: number;
  studentCount: number;
  rating: { average: number; count: number } | null;
  courses: CourseCard[];
  /** Where the next page of courses begins; null when this is the last. */
  next: string | null;
  isFirstPage: boolean;
}

interface InstructorRow {
  username: string;
  name: string;
  image: string | null;
  headline: string | null;
  bio: string | null;
  expertise: string[];
  certifications: string[];
  yearsOfExperience: number | null;
  website: string | null;
  linkedIn: string | null;
  twitter: string | null;
  github: string | null;
  courseCount: number;
  studentCount: number;
  reviewCount: number;
  ratingAverage: number;
}

const perPage = 12;

/** The published courses that the person `u` teaches, alone or with others. Assistants help, and do not teach. */
const taught = `
  select c.* from courses c where c.instructor_id = u.id and c.status = 'PUBLISHED'
  union
  select c.* from course_instructors i join courses c on c.id = i.course_id
   where i.user_id = u.id and i.role = 'CO_INSTRUCTOR' and c.status = 'PUBLISHED'`.replaceAll(
  'c.*',
  'c.id, c.published_at, c.student_count, c.review_count, c.rating_average',
);

const instructorByUsername = statement<InstructorRow, [username: string]>(
  `select coalesce(u.display_username, u.username) as username, u.name, u.image, coalesce(u.headline, p.title) as headline, u.bio,
          coalesce(p.expertise, '{}') as expertise, coalesce(p.certifications, '{}') as certifications, p.years_of_experience as "yearsOfExperience",
          coalesce(p.website, u.website) as website, p.linked_in as "linkedIn", p.twitter, p.github,
          t.courses as "courseCount", t.students as "studentCount", t.reviews as "reviewCount", t.rating as "ratingAverage"
     from people u
     left join instructor_profiles p on p.user_id = u.id
     cross join lateral (
       select count(*)::int as courses, coalesce(sum(student_count), 0)::int as students, coalesce(sum(review_count), 0)::int as reviews,
              coalesce(sum(rating_average * review_count) / nullif(sum(review_count), 0), 0)::float8 as rating
         from (${taught}) c) t
    where u.username = lower($1) and not u.is_closed and (p.id is not null or t.courses > 0)`,
);

const coursesByUsername = statement<CourseCardRow & { key: number }, [username: string, publishedAt: string | null, id: string | null]>(
  `with picked as (
      select c.id, c.published_at from people u cross join lateral (${taught}) c
       where u.username = lower($1) and not u.is_closed
         and ($2::timestamptz is null or (c.published_at, c.id) < ($2::timestamptz, $3::uuid))
       order by c.published_at desc, c.id desc limit ${perPage + 1})
   select ${courseCardColumns}, (extract(epoch from c.published_at) * 1000)::bigint as key
     from picked join courses c on c.id = picked.id join people u on u.id = c.instructor_id
    order by c.published_at desc, c.id desc`,
);

/** The page of someone who teaches. Whoever has neither a published course nor a face as an instructor has none, and neither has a closed account. */
export async function instructorPage(ctx: Context, input: { username: string; after?: string | null }): Promise<InstructorPage> {
  const after = placeFrom(input.after);
  const [[instructor], rows] = await Promise.all([
    ctx.db.sql(instructorByUsername, input.username),
    ctx.db.sql(coursesByUsername, input.username, after ? new Date(after.key).toISOString() : null, after?.id ?? null),
  ]);
  if (!instructor) throw new AppError('not-found', 'There is nobody of that name who teaches here.');
  const { bio, website, linkedIn, twitter, github, reviewCount, ratingAverage, ...shown } = instructor;
  const last = rows.length > perPage ? rows[perPage - 1] : undefined;
  return {
    ...shown,
    bioHtml: bio ? await renderMarkdown(bio) : null,
    links: linksOf({ Website: website, LinkedIn: linkedIn, X: twitter, GitHub: github }),
    rating: reviewCount > 0 ? { average: ratingAverage, count: reviewCount } : null,
    courses: rows.slice(0, perPage).map(courseCard),
    next: last ? addressOf(last) : null,
    isFirstPage: after === null,
  };
}

/** What leads somewhere on the web, and nothing that runs. */
function linksOf(addresses: Record<string, string | null>): InstructorPage['links'] {
  return Object.entries(addresses).flatMap(([label, href]) => (href && /^https?:\/\//i.test(href) ? [{ label, href }] : []));
}

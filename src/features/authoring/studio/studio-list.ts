import { type CoverPicture, type CoverRow, coverColumn, coverPicture } from '#features/catalogue/index.server.ts';
import { mayRunCatalogue } from '#features/catalogue/policy.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { mayBeginCourse } from '../policy.ts';
import { isThere } from './studio-course.ts';

/** A course in the list of those one teaches. */
export interface TaughtCourse {
  slug: string;
  title: string;
  category: string | null;
  cover: CoverPicture | null;
  status: 'DRAFT' | 'PUBLISHED' | 'ARCHIVED';
  /** What the viewer is in it, in words; null for the one who owns it. */
  part: string | null;
  studentCount: number;
  rating: { average: number; count: number } | null;
  lessonCount: number;
  changedAt: Date;
}

/** A page of them, the newest first. */
export interface StudioList {
  courses: TaughtCourse[];
  next: string | null;
  isFirstPage: boolean;
  filter: { search: string; status: TaughtCourse['status'] | null };
  mayBegin: boolean;
  /** A search finds the courses of others too. */
  findsAll: boolean;
}

interface Row extends Omit<TaughtCourse, 'cover' | 'rating' | 'part'> {
  id: string;
  cover: CoverRow | null;
  ratingAverage: number;
  reviewCount: number;
  instructor: string;
  role: 'OWNER' | 'CO_INSTRUCTOR' | 'ASSISTANT' | null;
}

const perPage = 24;
const statuses = ['DRAFT', 'PUBLISHED', 'ARCHIVED'] as const;
/** Beyond every id there is. */
const beginning = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Ids are UUIDv7: their order is the order of time. What is looked for in all courses is picked by the index of titles.
const listOf = (scope: string) =>
  statement<Row, [person: string, status: string | null, pattern: string | null, from: string, limit: number]>(`
  with picked as materialized (
    select c.* from courses c
     where ${scope} and ($2::text is null or c.status::text = $2) and ($3::text is null or search_text(c.title) like search_text($3))
       and c.id < $4::uuid order by c.id desc limit $5)
  select c.id, c.slug, c.title, c.status, c.student_count as "studentCount", c.rating_average::float8 as "ratingAverage", c.review_count as "reviewCount",
    (select count(*)::int from lessons l where l.course_id = c.id and ${isThere('lesson_id', 'l.id')} and ${isThere('chapter_id', 'l.chapter_id')}) as "lessonCount", u.name as instructor, ${coverColumn} as cover,
    (select g.name from course_categories k join categories g on g.id = k.category_id where k.course_id = c.id order by k.is_main desc, g.name limit 1) as category,
    greatest(c.updated_at, (select max(l.updated_at) from lessons l where l.course_id = c.id)) as "changedAt",
    case when c.instructor_id = $1::uuid then 'OWNER' else (select i.role::text from course_instructors i where i.course_id = c.id and i.user_id = $1::uuid) end as role
   from picked c join people u on u.id = c.instructor_id order by c.id desc`);

const ownList = listOf(
  'c.id in (select id from courses where instructor_id = $1::uuid union select course_id from course_instructors where user_id = $1::uuid)',
);
const wholeList = listOf('true');

/** The courses that somebody teaches or helps in; an admin who searches finds all of the school. One query. */
export async function studioList(
  ctx: Context,
  wish: { search?: string | null; status?: string | null; from?: string | null },
): Promise<StudioList> {
  const person = requirePerson(ctx);
  const search = (wish.search ?? '').trim().slice(0, 100);
  const status = statuses.find((known) => known === wish.status?.toUpperCase()) ?? null;
  const from = wish.from && isId(wish.from) ? wish.from : null;
  const findsAll = mayRunCatalogue(ctx.actor);
  const pattern = search === '' ? null : `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const list = findsAll && pattern ? wholeList : ownList;
  const rows = await ctx.db.sql(list, person.id, status, pattern, from ?? beginning, perPage + 1);
  return {
    courses: rows.slice(0, perPage).map(taughtCourse),
    next: rows.length > perPage ? (rows[perPage - 1]?.id ?? null) : null,
    isFirstPage: from === null,
    filter: { search, status },
    mayBegin: mayBeginCourse(ctx.actor),
    findsAll,
  };
}

function taughtCourse({ id: _, cover, ratingAverage, reviewCount, instructor, role, ...row }: Row): TaughtCourse {
  const parts = { OWNER: null, CO_INSTRUCTOR: `With ${instructor}`, ASSISTANT: `You help ${instructor}` };
  return {
    ...row,
    cover: coverPicture(cover),
    rating: reviewCount > 0 ? { average: ratingAverage, count: reviewCount } : null,
    part: role ? parts[role] : `By ${instructor}`,
  };
}

import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { CourseTeam } from '../policy.ts';
import { viewerOf, visibleCourse } from '../visible-course.ts';
import { mayReplyToReviews, mayReportReview } from './policy.ts';
import { distributionColumn, type ReviewLine, type ReviewRow, reviewJson, reviewLine } from './review-line.ts';

/** All reviews of a course, the newest first, a page of them. */
export interface ReviewsPage {
  course: { slug: string; title: string };
  rating: { average: number; count: number } | null;
  /** How many gave five stars, four … one. */
  distribution: number[];
  reviews: (ReviewLine & { mayReport: boolean; isReported: boolean })[];
  mayReply: boolean;
  /** Where the next page begins. */
  next: string | null;
}

interface HeadRow extends CourseTeam {
  slug: string;
  title: string;
  reviewCount: number;
  ratingAverage: number;
  distribution: number[];
}

const perPage = 10;

const headBySlug = statement<HeadRow, [slug: string, person: string | null, seesAll: boolean]>(
  `select c.slug, c.title, c.review_count as "reviewCount", c.rating_average::float8 as "ratingAverage", ${distributionColumn} as distribution,
          c.instructor_id as "instructorId",
          coalesce((select json_agg(json_build_object('userId', i.user_id, 'role', i.role)) from course_instructors i where i.course_id = c.id), '[]') as others
     from courses c where c.slug = $1 and ${visibleCourse('$2', '$3')}`,
);

// One more than a page shows says whether there is a next one.
const newest = statement<
  { row: ReviewRow; isReported: boolean },
  [slug: string, person: string | null, createdAt: string | null, id: string | null]
>(
  `select ${reviewJson} as row,
          exists (select from reports o where o.reporter_id = $2::uuid and o.subject_type = 'REVIEW' and o.subject_id = r.id) as "isReported"
     from reviews r join people p on p.id = r.user_id
    where r.course_id = (select id from courses where slug = $1) and r.status = 'PUBLISHED'
      and ($3::timestamptz is null or (r.created_at, r.id) < ($3::timestamptz, $4::uuid))
    order by r.created_at desc, r.id desc
    limit ${perPage + 1}`,
);

const place = /^(\d{1,15})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** The reviews of a course that the actor may see, from a place on. A place that means nothing is ignored, as an address may be old. */
export async function reviewsPage(ctx: Context, input: { slug: string; after: string | null }): Promise<ReviewsPage> {
  const { actor } = ctx;
  const [person, seesAll] = viewerOf(actor);
  const [, moment, id] = place.exec(input.after ?? '') ?? [];
  const from = moment === undefined ? null : new Date(Number(moment)).toISOString();
  const [[head], rows] = await asActor(ctx, (sql) =>
    Promise.all([sql(headBySlug, input.slug, person, seesAll), sql(newest, input.slug, person, from, id ?? null)]),
  );
  if (!head) throw new AppError('not-found', 'There is no such course.');
  const shown = rows.slice(0, perPage);
  const last = rows.length > perPage ? shown.at(-1)?.row : undefined;
  return {
    course: { slug: head.slug, title: head.title },
    rating: head.reviewCount > 0 ? { average: head.ratingAverage, count: head.reviewCount } : null,
    distribution: head.distribution,
    reviews: shown.map(({ row, isReported }) => ({ ...reviewLine(row), mayReport: mayReportReview(actor, row.authorId), isReported })),
    mayReply: mayReplyToReviews(actor, head),
    next: last ? `${new Date(last.createdAt).getTime()}.${last.id}` : null,
  };
}

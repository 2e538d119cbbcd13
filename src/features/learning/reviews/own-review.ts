import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId } from '#platform/ids.ts';
import { teaches } from '../classroom/lesson-facts.ts';
import type { CourseStatus, EnrollmentStatus } from '../policy.ts';
import { type ReviewStep, reviewStep } from './policy.ts';

/** What the viewer of a course's reviews said themselves, and what they may do about it. */
export interface OwnReview {
  step: ReviewStep;
  progressPercent: number;
  /** `isHidden`: the school shows it to nobody else. */
  review: { rating: number; text: string; isHidden: boolean } | null;
}

interface Row {
  courseId: CourseId;
  courseStatus: CourseStatus;
  isTeacher: boolean;
  status: EnrollmentStatus | null;
  progressPercent: number;
  isFinished: boolean;
  review: OwnReview['review'];
}

const reviewerOf = statement<Row, [slug: string, person: string]>(
  `select c.id as "courseId", c.status as "courseStatus", ${teaches('$2')} as "isTeacher", e.status, coalesce(e.progress_percent, 0) as "progressPercent",
          e.completed_at is not null as "isFinished",
          (select json_build_object('rating', r.rating, 'text', r.text, 'isHidden', r.status <> 'PUBLISHED')
             from reviews r where r.course_id = c.id and r.user_id = $2::uuid) as review
     from courses c left join enrollments e on e.course_id = c.id and e.user_id = $2::uuid where c.slug = $1`,
);

/** The acting person before a course's reviews, with its id; undefined for a guest, and where there is no course to review. */
export async function reviewerIn(ctx: Context, slug: string): Promise<(OwnReview & { courseId: CourseId }) | undefined> {
  const { actor } = ctx;
  if (actor.kind !== 'person') return undefined;
  const [row] = await asActor(ctx, (sql) => sql(reviewerOf, slug, actor.id));
  if (!row || row.courseStatus === 'DRAFT') return undefined;
  const step = reviewStep({ ...row, actor, hasReview: row.review !== null });
  return { courseId: row.courseId, step, progressPercent: row.progressPercent, review: row.review };
}

/** What the viewer said of a course, and whether they may say or change something. */
export async function ownReview(ctx: Context, input: { slug: string }): Promise<OwnReview> {
  const reviewer = await reviewerIn(ctx, input.slug);
  if (!reviewer) return { step: 'none', progressPercent: 0, review: null };
  const { step, progressPercent, review } = reviewer;
  return { step, progressPercent, review };
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import type { CourseTeam } from '../policy.ts';

interface ShownReview extends CourseTeam {
  authorId: string;
}

const shownReview = statement<ShownReview, [reviewId: string, slug: string]>(
  `select r.user_id as "authorId", c.instructor_id as "instructorId",
          coalesce((select json_agg(json_build_object('userId', i.user_id, 'role', i.role)) from course_instructors i where i.course_id = c.id), '[]') as others
     from reviews r join courses c on c.id = r.course_id
    where r.id = $1 and c.slug = $2 and r.status = 'PUBLISHED' and c.status <> 'DRAFT'`,
);

/** A review of a course that is shown, with who wrote it and who teaches; otherwise it is not there. */
export async function reviewThatIsShown(ctx: Context, input: { slug: string; reviewId: string }): Promise<ShownReview> {
  const [review] = isId(input.reviewId) ? await ctx.db.sql(shownReview, input.reviewId, input.slug) : [];
  if (!review) throw new AppError('not-found', 'This review is not there anymore.');
  return review;
}

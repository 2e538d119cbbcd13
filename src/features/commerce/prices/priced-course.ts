import { teamColumns } from '#features/catalogue/index.server.ts';
import { type CourseTeam, mayEditCourse } from '#features/catalogue/policy.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { CourseId } from '#platform/ids.ts';

/** A course whose price the actor may set, held until the transaction ends. */
export interface PricedCourse {
  id: CourseId;
  isPublished: boolean;
  isFree: boolean;
}

const courseAt = statement<PricedCourse & CourseTeam, [slug: string]>(
  `select c.id, c.status = 'PUBLISHED' as "isPublished", c.is_free as "isFree", ${teamColumns}
     from courses c where c.slug = $1 for no key update of c`,
);

/** Holds the course, or refuses: a course that one may not change looks like one that is not there. */
export async function holdPricedCourse(ctx: Context, slug: string): Promise<PricedCourse> {
  const [course] = await ctx.db.sql(courseAt, slug);
  if (!course || !mayEditCourse(ctx.actor, course)) throw new AppError('not-found', 'There is no such course among yours.');
  return course;
}

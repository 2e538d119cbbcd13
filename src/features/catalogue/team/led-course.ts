import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { CourseId } from '#platform/ids.ts';
import { type CourseTeam, mayHelpStudents, mayLeadCourse } from '../policy.ts';
import { teamColumns } from './team-columns.ts';

/** A course whose team the actor decides on. */
export interface LedCourse {
  id: CourseId;
  slug: string;
  title: string;
  instructorId: string;
}

const holdAt = statement<LedCourse & CourseTeam, [slug: string]>(
  `select c.id, c.slug, c.title, ${teamColumns} from courses c where c.slug = $1 for no key update of c`,
);

const shares = statement<{ basisPoints: number }, [courseId: string, without: string | null]>(
  `select coalesce(sum(share), 0)::int as "basisPoints" from (
     select revenue_share_basis_points as share from course_instructors where course_id = $1::uuid and user_id is distinct from $2::uuid
     union all select revenue_share_basis_points from course_invitations where course_id = $1::uuid) shares`,
);

/** Holds the course, or refuses: its team sees that it is there, and to everybody else it is not. */
export async function holdLedCourse(ctx: Context, slug: string): Promise<LedCourse> {
  const [course] = await ctx.db.sql(holdAt, slug);
  if (!course || !mayHelpStudents(ctx.actor, course)) throw new AppError('not-found', 'There is no such course among yours.');
  if (!mayLeadCourse(ctx.actor, course)) throw new AppError('forbidden', 'Only who owns this course decides who teaches it.');
  return { id: course.id, slug: course.slug, title: course.title, instructorId: course.instructorId };
}

/** Refuses a share that would make more than a whole with those of the others, and of those who were asked: whoever says yes finds their part still there. */
export async function refuseMoreThanWhole(
  ctx: Context,
  courseId: CourseId,
  share: { basisPoints: number; of: string | null },
): Promise<void> {
  const [others] = await ctx.db.sql(shares, courseId, share.of);
  const left = 10_000 - (others?.basisPoints ?? 0);
  if (share.basisPoints <= left) return;
  throw new AppError('invalid', 'The shares are more than a whole.', { fields: { sharePercent: `At most ${left / 100} % are left.` } });
}

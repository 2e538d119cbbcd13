import { teamColumns } from '#features/catalogue/index.server.ts';
import { type CourseTeam, mayEditCourse, mayHelpStudents } from '#features/catalogue/policy.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { CourseId } from '#platform/ids.ts';

/** A course whose students the actor may see. */
export interface TaughtCourse {
  id: CourseId;
  slug: string;
  title: string;
  /** May let people in and out. */
  mayGrant: boolean;
}

type Row = Omit<TaughtCourse, 'mayGrant'> & CourseTeam;

/** The course of an address with who teaches it. */
export const courseOfTeam = statement<Row, [slug: string]>(`select c.id, c.slug, c.title, ${teamColumns} from courses c where c.slug = $1`);

/** The course, if the actor teaches it or helps in it; to everybody else it is not there. */
export function taughtCourse(ctx: Context, row: Row | undefined): TaughtCourse {
  if (!row || !mayHelpStudents(ctx.actor, row)) throw new AppError('not-found', 'There is no such course among yours.');
  return { id: row.id, slug: row.slug, title: row.title, mayGrant: mayEditCourse(ctx.actor, row) };
}

/** The course, for who lets people in and out. */
export async function requireGranting(ctx: Context, slug: string): Promise<TaughtCourse> {
  const [row] = await ctx.db.sql(courseOfTeam, slug);
  const course = taughtCourse(ctx, row);
  if (!course.mayGrant) throw new AppError('forbidden', 'Only those who teach this course let people in and out.');
  return course;
}

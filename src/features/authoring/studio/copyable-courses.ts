import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';

const mostListed = 200;

const coursesToCopy = statement<{ slug: string; title: string }, [person: string]>(`
  select slug, title from courses
   where id in (select id from courses where instructor_id = $1::uuid union select course_id from course_instructors where user_id = $1::uuid and role = 'CO_INSTRUCTOR')
   order by title limit ${mostListed}`);

/** The courses that somebody may make a copy of, by title. One query. */
export function copyableCourses(ctx: Context): Promise<{ slug: string; title: string }[]> {
  return ctx.db.sql(coursesToCopy, requirePerson(ctx).id);
}

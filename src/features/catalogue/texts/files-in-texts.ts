import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { UserId } from '#platform/ids.ts';

const named = statement<{ key: string }, [string]>(`
  with mine as materialized (
    select id, description from courses where instructor_id = $1::uuid
    union all select c.id, c.description from courses c join course_instructors i on i.course_id = c.id where i.user_id = $1::uuid)
  select distinct found[1] as key from (
    select description as text from mine
    union all select c.content from chapters c join mine on mine.id = c.course_id
    union all select l.content from lessons l join mine on mine.id = l.course_id
    union all select q.text || coalesce(q.explanation, '') from questions q join quizzes z on z.id = q.quiz_id join lessons l on l.id = z.lesson_id join mine on mine.id = l.course_id
  ) texts cross join regexp_matches(text, '/files/([0-9a-f]{2}/[0-9a-f]+\\.[a-z0-9]+)', 'g') found`);

/** The keys of files that the texts of the courses name which somebody owns or helps to teach. */
export async function filesInTexts(ctx: Context, { instructorId }: { instructorId: UserId }): Promise<Set<string>> {
  return new Set((await ctx.db.sql(named, instructorId)).map(({ key }) => key));
}

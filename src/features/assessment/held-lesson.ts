import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { LessonId } from '#platform/ids.ts';
import { mayWriteQuizzes, type QuizTeam } from './policy.ts';

const teamOfLesson = statement<QuizTeam, [string]>(`
  select c.instructor_id as "instructorId",
    array(select i.user_id from course_instructors i where i.course_id = c.id and i.role = 'CO_INSTRUCTOR')::text[] as "coInstructorIds"
  from lessons l join courses c on c.id = l.course_id where l.id = $1 for no key update of l`);

/** Holds a lesson until the transaction ends, or refuses: a lesson whose quizzes one may not write looks like one that is not there. */
export async function holdLesson(ctx: Context, lessonId: LessonId): Promise<void> {
  const [team] = await ctx.db.sql(teamOfLesson, lessonId);
  if (!team || !mayWriteQuizzes(ctx.actor, team)) throw new AppError('not-found', 'There is no such lesson among yours.');
}

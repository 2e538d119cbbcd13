import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { publish } from '#platform/events.server.ts';
import { localDate } from '#platform/time.ts';
import { lessonCompleted } from '../events.server.ts';
import { mayMarkComplete } from '../policy.ts';
import { afterCompletion } from './after-completion.ts';
import { type LessonAddress, openLesson, setLessonCompletedDangerouslyUnchecked } from './mark-lesson.ts';

/** Marks a lesson as complete for the acting learner. Doing it twice is doing it once. `courseCompleted` is true when this finished the course. */
export async function completeLesson(ctx: Context, input: LessonAddress): Promise<{ progressPercent: number; courseCompleted: boolean }> {
  const person = requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const { row, enrollmentId, marks } = await openLesson(ctx, input);
    if (!marks.isCompleted && !mayMarkComplete(marks))
      throw new AppError('forbidden', 'This lesson completes itself once its work is done.');
    const today = localDate(ctx.now, person.timeZone);
    const [marked] = await ctx.db.sql(
      setLessonCompletedDangerouslyUnchecked,
      enrollmentId,
      row.lessonId,
      true,
      ctx.now.toISOString(),
      today,
    );
    const told = { userId: person.id, courseId: row.courseId, enrollmentId };
    if (marked?.changed) await publish(ctx, lessonCompleted, { ...told, lessonId: row.lessonId });
    if (marked?.courseCompletedNow) await afterCompletion(ctx, told);
    return { progressPercent: marked?.progressPercent ?? 0, courseCompleted: marked?.courseCompletedNow ?? false };
  });
}

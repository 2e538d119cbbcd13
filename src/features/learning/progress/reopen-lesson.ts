import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { localDate } from '#platform/time.ts';
import { mayReopen } from '../policy.ts';
import { type LessonAddress, openLesson, setLessonCompletedDangerouslyUnchecked } from './mark-lesson.ts';

/** Takes back a completion that was marked by hand. The percent falls; a finished course stays finished. Doing it twice is doing it once. */
export async function reopenLesson(ctx: Context, input: LessonAddress): Promise<{ progressPercent: number }> {
  const person = requirePerson(ctx);
  return inTransaction(ctx, async (ctx) => {
    const { row, enrollmentId, marks } = await openLesson(ctx, input);
    if (marks.isCompleted && !mayReopen(marks))
      throw new AppError('forbidden', 'What was earned by watching or by a result stays complete.');
    const completedOn = localDate(row.completedAt ?? ctx.now, person.timeZone);
    const [marked] = await ctx.db.sql(
      setLessonCompletedDangerouslyUnchecked,
      enrollmentId,
      row.lessonId,
      false,
      ctx.now.toISOString(),
      completedOn,
    );
    return { progressPercent: marked?.progressPercent ?? 0 };
  });
}

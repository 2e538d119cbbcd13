import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { EnrollmentId } from '#platform/ids.ts';
import { holdLesson, isWatchedThrough, judge, type LessonRow } from './lesson-facts.ts';
import type { MarkFacts } from './policy.ts';

/** A lesson by its address. */
export interface LessonAddress {
  courseSlug: string;
  lessonSlug: string;
}

/** A lesson that the acting learner may work at, with their enrollment held. */
export interface OpenLesson {
  row: LessonRow;
  enrollmentId: EnrollmentId;
  marks: MarkFacts;
}

/** Holds the actor's enrollment and gives the lesson, or refuses: not enrolled and not there look alike. Call it in a transaction. */
export async function holdOpenLesson(ctx: Context, input: LessonAddress): Promise<OpenLesson> {
  const person = requirePerson(ctx);
  const row = await holdLesson(ctx, input, person.id);
  if (!row) throw new AppError('not-found', 'There is no such lesson.');
  const { standing, access } = judge(ctx, row);
  if (access.kind === 'absent') throw new AppError('not-found', 'There is no such lesson.');
  if (access.kind === 'locked' || standing !== 'open' || !row.enrollmentId)
    throw new AppError('forbidden', 'Enroll in the course to keep your progress in it.');
  return { row, enrollmentId: row.enrollmentId, marks: { ...row, isWatchedThrough: isWatchedThrough(row) } };
}

/** What a mark has changed. */
export interface Marked {
  changed: boolean;
  progressPercent: number;
  courseCompletedNow: boolean;
}

/** Sets or takes back a lesson's completion and rolls it up. The enrollment is held and the policy asked. */
export const setLessonCompletedDangerouslyUnchecked = statement<
  Marked,
  [enrollmentId: string, lessonId: string, done: boolean, moment: string, localDate: string]
>(
  `select changed, progress_percent as "progressPercent", course_completed_now as "courseCompletedNow"
     from set_lesson_completed_unchecked($1, $2, $3, $4::timestamptz, $5::date)`,
);

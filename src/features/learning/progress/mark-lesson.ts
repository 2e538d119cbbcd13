import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { EnrollmentId } from '#platform/ids.ts';
import { isWatchedThrough, judge, type LessonRow, lessonForMarking } from '../classroom/lesson-facts.ts';
import type { MarkFacts } from '../policy.ts';

/** A lesson by its address. */
export interface LessonAddress {
  courseSlug: string;
  lessonSlug: string;
}

/** A lesson that the acting learner may work at. */
export interface OpenLesson {
  row: LessonRow;
  enrollmentId: EnrollmentId;
  marks: MarkFacts;
}

/** The lesson, or the refusal. Call it in the transaction that marks it. */
export async function openLesson(ctx: Context, input: LessonAddress): Promise<OpenLesson> {
  requirePerson(ctx);
  const row = await lessonForMarking(ctx, input);
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

/** Sets or takes back a lesson's completion and rolls it up. DANGEROUS: whoever runs it has asked the policy. */
export const setLessonCompletedDangerouslyUnchecked = statement<
  Marked,
  [enrollmentId: string, lessonId: string, done: boolean, moment: string, localDate: string]
>(
  `select changed, progress_percent as "progressPercent", course_completed_now as "courseCompletedNow"
     from set_lesson_completed_unchecked($1, $2, $3, $4::timestamptz, $5::date)`,
);

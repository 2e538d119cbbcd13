import { z } from 'zod';
import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { publish } from '#platform/events.server.ts';
import { parseInput } from '#platform/input.ts';
import { localDate } from '#platform/time.ts';
import { lessonCompleted } from '../events.server.ts';
import { afterCompletion } from './after-completion.ts';
import { mostRanges } from './progress.ts';

const second = z.int().min(0).max(86_400);

const schema = z.object({
  lessonId: z.uuid(),
  /** Played seconds, each from and up to but without; none when the lesson was only opened. */
  played: z.array(z.tuple([second, second])).max(mostRanges),
  positionSeconds: second,
});

/** What the classroom shows after a report. */
export interface WatchedReport {
  watchedPercent: number;
  lessonCompleted: boolean;
  progressPercent: number;
  /** This report finished the course. */
  courseCompleted: boolean;
}

interface Row {
  enrollmentId: string;
  courseId: string;
  watchedPercent: number;
  lessonCompleted: boolean;
  progressPercent: number;
  completionDue: boolean;
  lessonCompletedNow: boolean;
  courseCompletedNow: boolean;
}

const record = statement<
  Row,
  [
    person: string,
    role: string,
    lessonId: string,
    played: string,
    positionSeconds: number,
    moment: string,
    localDate: string,
    mayComplete: boolean,
  ]
>(
  `select enrollment_id as "enrollmentId", course_id as "courseId", watched_percent as "watchedPercent", lesson_completed as "lessonCompleted",
          progress_percent as "progressPercent", completion_due as "completionDue", lesson_completed_now as "lessonCompletedNow",
          course_completed_now as "courseCompletedNow"
     from record_watched($1, $2, $3, $4::int4multirange, $5, $6::timestamptz, $7::date, $8)`,
);

/**
 * Keeps what a player reports: the played seconds join those of earlier reports and other devices, and the learner's place, watch time and day move with
 * them. One statement in one round trip; only the report that completes the lesson goes on in a transaction, in which the completion is announced.
 */
export async function recordWatched(ctx: Context, input: z.input<typeof schema>): Promise<WatchedReport> {
  const person = requirePerson(ctx);
  const report = parseInput(schema, input);
  const row = await keep(ctx, person, report, false);
  return answer(row.completionDue ? await inTransaction(ctx, (ctx) => keepAndComplete(ctx, person, report)) : row);
}

async function keep(ctx: Context, person: Person, report: z.output<typeof schema>, mayComplete: boolean): Promise<Row> {
  const played = `{${report.played.filter(([from, to]) => from < to).map(([from, to]) => `[${from},${to})`)}}`;
  const today = localDate(ctx.now, person.timeZone);
  const [row] = await ctx.db.sql(
    record,
    person.id,
    person.role,
    report.lessonId,
    played,
    report.positionSeconds,
    ctx.now.toISOString(),
    today,
    mayComplete,
  );
  if (!row) throw new AppError('not-found', 'There is no such lesson among yours.');
  return row;
}

async function keepAndComplete(ctx: Context, person: Person, report: z.output<typeof schema>): Promise<Row> {
  const row = await keep(ctx, person, report, true);
  const told = { userId: person.id, courseId: row.courseId, enrollmentId: row.enrollmentId };
  if (row.lessonCompletedNow) await publish(ctx, lessonCompleted, { ...told, lessonId: report.lessonId });
  if (row.courseCompletedNow) await afterCompletion(ctx, told);
  return row;
}

function answer(row: Row): WatchedReport {
  return {
    watchedPercent: row.watchedPercent,
    lessonCompleted: row.lessonCompleted,
    progressPercent: row.progressPercent,
    courseCompleted: row.courseCompletedNow,
  };
}

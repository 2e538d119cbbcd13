import { z } from 'zod';
import { isSettable, type LessonStatus, withReport } from '#features/packages/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { AppError } from '#platform/errors.ts';
import { publish } from '#platform/events.server.ts';
import { parseInput } from '#platform/input.ts';
import { localDate } from '#platform/time.ts';
import { lessonCompleted } from '../events.server.ts';
import { afterCompletion } from '../progress/after-completion.ts';
import { type OpenLesson, openLesson, setLessonCompletedDangerouslyUnchecked } from '../progress/mark-lesson.ts';
import { doneParts, heldAttempt, keepAttempt, type PackagePlace, placeOfLesson } from './attempt-rows.ts';
import { sealedPlayer } from './sealed-player.ts';

const daySeconds = 86_400;

const schema = z.object({
  part: z.string().min(1).max(255),
  launch: z.uuidv7(),
  run: z.int().min(0).max(10_000),
  sequence: z.int().min(1),
  values: z
    .record(z.string().max(100), z.string().max(4096))
    .refine((values) => Object.entries(values).every(([name, value]) => isSettable(name, value)), {
      error: 'A value is none that content may set.',
    }),
  seconds: z.int().min(0).max(daySeconds),
  ending: z.enum(['none', 'left', 'finished']),
});

/** What the player hears, and tells the lesson's page. */
export interface PartReported {
  status: LessonStatus;
  lessonCompleted: boolean;
  courseCompleted: boolean;
}

/**
 * Keeps what the content of a package reports of its learner. The same report again changes nothing, and each element is as it was set last. Passed, or
 * left as completed, a part is done; with its last part the lesson is.
 */
export async function reportPart(ctx: Context, input: { seal: string; report: unknown }): Promise<PartReported> {
  const player = await sealedPlayer(ctx, input.seal);
  if (!player.records) throw new AppError('forbidden', 'Nothing is kept of what is only looked at.');
  const report = parseInput(schema, input.report);
  return inTransaction(player.ctx, async (ctx) => {
    const [place] = await ctx.db.sql(placeOfLesson, player.lessonId);
    const part = place?.parts.find(({ id }) => id === report.part);
    if (!place || !part) throw new AppError('not-found', 'There is no such part in the package. Load the lesson again.');
    const lesson = await openLesson(ctx, place);
    const before = await heldAttempt(ctx, lesson, place.packageId, part.id);
    const mostSeconds = Math.min(daySeconds, Math.max(0, Math.ceil((ctx.now.getTime() - startOf(report.launch)) / 1000)));
    const after = withReport(before, { ...report, sitting: `${report.launch}:${report.run}` }, part, mostSeconds);
    if (after !== before) await keepAttempt(ctx, { lesson, packageId: place.packageId, part: part.id, before, after });
    return { status: after.status, ...(await completeWhenDone(ctx, lesson, place)) };
  });
}

/** The moment that a UUIDv7 was made at. */
function startOf(launch: string): number {
  return Number.parseInt(launch.replaceAll('-', '').slice(0, 12), 16);
}

/** With its last part the lesson is complete, and with its last lesson the course. */
async function completeWhenDone(
  ctx: Context,
  { row, enrollmentId }: OpenLesson,
  { packageId, parts }: PackagePlace,
): Promise<{ lessonCompleted: boolean; courseCompleted: boolean }> {
  if (row.isCompleted || row.type !== 'PACKAGE') return { lessonCompleted: row.isCompleted, courseCompleted: false };
  const done = new Set((await ctx.db.sql(doneParts, enrollmentId, packageId)).map(({ part }) => part));
  if (!parts.every(({ id }) => done.has(id))) return { lessonCompleted: false, courseCompleted: false };
  const person = requirePerson(ctx);
  const today = localDate(ctx.now, person.timeZone);
  const [marked] = await ctx.db.sql(setLessonCompletedDangerouslyUnchecked, enrollmentId, row.lessonId, true, ctx.now.toISOString(), today);
  const told = { userId: person.id, courseId: row.courseId, enrollmentId };
  if (marked?.changed) await publish(ctx, lessonCompleted, { ...told, lessonId: row.lessonId });
  if (marked?.courseCompletedNow) await afterCompletion(ctx, told);
  return { lessonCompleted: true, courseCompleted: marked?.courseCompletedNow ?? false };
}

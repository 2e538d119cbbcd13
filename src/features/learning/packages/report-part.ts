import { z } from 'zod';
import {
  type Attempt,
  isSettable,
  type LessonStatus,
  newAttempt,
  type PackagePart,
  scoreOf,
  totalSeconds,
  withReport,
} from '#features/packages/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { publish } from '#platform/events.server.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { localDate } from '#platform/time.ts';
import { afterCompletion } from '../after-completion.ts';
import { lessonCompleted } from '../events.server.ts';
import { type OpenLesson, openLesson, setLessonCompletedDangerouslyUnchecked } from '../mark-lesson.ts';
import { type AttemptRow, attemptJson } from './begin-part.ts';
import { sealedPlayer } from './sealed-player.ts';

const daySeconds = 86_400;
/** The whole data model of one attempt. */
const mostBytes = 512 * 1024;

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

interface Place {
  courseSlug: string;
  lessonSlug: string;
  packageId: string;
  parts: PackagePart[];
}

const placeOfLesson = statement<Place, [lessonId: string]>(
  `select c.slug as "courseSlug", l.slug as "lessonSlug", k.id as "packageId", k.parts
     from lessons l join courses c on c.id = l.course_id join packages k on k.lesson_id = l.id where l.id = $1::uuid`,
);

/** Holds the lesson's progress: the first lock of everything that moves it. */
const holdProgress = statement<unknown, [id: string, enrollmentId: string, lessonId: string, moment: string]>(
  `insert into lesson_progress as kept (id, enrollment_id, lesson_id, started_at, created_at, updated_at)
   values ($1, $2::uuid, $3::uuid, $4::timestamptz, $4::timestamptz, $4::timestamptz)
   on conflict (enrollment_id, lesson_id) do update set updated_at = greatest(kept.updated_at, excluded.updated_at)`,
);
const attemptAt = statement<{ attempt: AttemptRow }, [enrollmentId: string, packageId: string, part: string]>(
  `select ${attemptJson} as attempt from package_attempts a where a.enrollment_id = $1::uuid and a.package_id = $2::uuid and a.part = $3`,
);
const keepAttempt = statement<
  unknown,
  [
    id: string,
    enrollmentId: string,
    packageId: string,
    part: string,
    status: string,
    raw: number | null,
    min: number | null,
    max: number | null,
    total: number,
    values: string,
    sittings: string,
    earlier: number,
    isDone: boolean,
    moment: string,
  ]
>(
  `insert into package_attempts as kept (id, enrollment_id, package_id, part, status, score_raw, score_min, score_max, total_seconds, "values", sittings,
                                         earlier_seconds, completed_at, created_at, updated_at)
   values ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb, $12, case when $13::boolean then $14::timestamptz end, $14::timestamptz, $14::timestamptz)
   on conflict (enrollment_id, package_id, part) do update
     set status = excluded.status, score_raw = excluded.score_raw, score_min = excluded.score_min, score_max = excluded.score_max,
         total_seconds = excluded.total_seconds, "values" = excluded."values", sittings = excluded.sittings, earlier_seconds = excluded.earlier_seconds,
         completed_at = coalesce(kept.completed_at, excluded.completed_at), updated_at = excluded.updated_at`,
);
const doneParts = statement<{ part: string }, [enrollmentId: string, packageId: string]>(
  'select part from package_attempts where enrollment_id = $1::uuid and package_id = $2::uuid and completed_at is not null',
);
const keepPlace = statement<unknown, [enrollmentId: string, lessonId: string, gained: number, moment: string]>(
  `update enrollments set last_lesson_id = $2::uuid, watch_seconds = watch_seconds + $3, last_accessed_at = greatest(last_accessed_at, $4::timestamptz),
          updated_at = $4::timestamptz where id = $1::uuid`,
);
const keepDay = statement<unknown, [id: string, userId: string, day: string, gained: number, moment: string]>(
  `insert into learning_days as kept (id, user_id, local_date, seconds, created_at, updated_at)
   values ($1, $2::uuid, $3::date, $4, $5::timestamptz, $5::timestamptz)
   on conflict (user_id, local_date) do update set seconds = kept.seconds + excluded.seconds, updated_at = excluded.updated_at`,
);

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
    if (after !== before) await keep(ctx, { lesson, packageId: place.packageId, part: part.id, before, after });
    return { status: after.status, ...(await completeWhenDone(ctx, lesson, place)) };
  });
}

/** The moment that a UUIDv7 was made at. */
function startOf(launch: string): number {
  return Number.parseInt(launch.replaceAll('-', '').slice(0, 12), 16);
}

async function heldAttempt(ctx: Context, lesson: OpenLesson, packageId: string, part: string): Promise<Attempt> {
  const { enrollmentId, row } = lesson;
  await ctx.db.sql(holdProgress, newId<'lessonProgress'>(), enrollmentId, row.lessonId, ctx.now.toISOString());
  const [known] = await ctx.db.sql(attemptAt, enrollmentId, packageId, part);
  return known?.attempt ?? newAttempt;
}

interface Keeping {
  lesson: OpenLesson;
  packageId: string;
  part: string;
  before: Attempt;
  after: Attempt;
}

async function keep(ctx: Context, { lesson, packageId, part, before, after }: Keeping): Promise<void> {
  const person = requirePerson(ctx);
  const { enrollmentId, row } = lesson;
  const [total, moment, values] = [totalSeconds(after), ctx.now.toISOString(), JSON.stringify(after.values)];
  if (Buffer.byteLength(values) > mostBytes) throw new AppError('invalid', 'The package keeps more than we can take.');
  await ctx.db.sql(
    keepAttempt,
    newId<'packageAttempt'>(),
    enrollmentId,
    packageId,
    part,
    after.status,
    scoreOf(after.values, 'raw'),
    scoreOf(after.values, 'min'),
    scoreOf(after.values, 'max'),
    total,
    values,
    JSON.stringify(after.sittings),
    after.earlierSeconds,
    after.isDone,
    moment,
  );
  const gained = Math.max(0, total - totalSeconds(before));
  await ctx.db.sql(keepPlace, enrollmentId, row.lessonId, gained, moment);
  if (gained > 0) await ctx.db.sql(keepDay, newId<'learningDay'>(), person.id, localDate(ctx.now, person.timeZone), gained, moment);
}

/** With its last part the lesson is complete, and with its last lesson the course. */
async function completeWhenDone(
  ctx: Context,
  { row, enrollmentId }: OpenLesson,
  { packageId, parts }: Place,
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

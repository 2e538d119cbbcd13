import {
  type Attempt,
  type CmiValues,
  type LessonStatus,
  newAttempt,
  type PackagePart,
  type Sitting,
  scoreOf,
  totalSeconds,
} from '#features/packages/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { localDate } from '#platform/time.ts';
import type { OpenLesson } from '../progress/mark-lesson.ts';

/** The whole data model of one attempt. */
const mostBytes = 512 * 1024;

/** What is kept of an attempt, as JSON of the table's row `a`. */
export const attemptJson = `json_build_object('values', a.values, 'status', a.status, 'sittings', a.sittings, 'earlierSeconds', a.earlier_seconds,
  'isDone', a.completed_at is not null)`;

/** An attempt as the database gives it. */
export interface AttemptRow {
  values: CmiValues;
  status: LessonStatus;
  sittings: Sitting[];
  earlierSeconds: number;
  isDone: boolean;
}

/** Where a package is played, and what. */
export interface PackagePlace {
  courseSlug: string;
  lessonSlug: string;
  packageId: string;
  parts: PackagePart[];
}

/** The place of a lesson's package. */
export const placeOfLesson = statement<PackagePlace, [lessonId: string]>(
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
const writeAttempt = statement<
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
/** The parts of a package that a learner has done. */
export const doneParts = statement<{ part: string }, [enrollmentId: string, packageId: string]>(
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

/** A learner's attempt, held until the transaction ends: whoever reports at the same time waits. */
export async function heldAttempt(ctx: Context, lesson: OpenLesson, packageId: string, part: string): Promise<Attempt> {
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

/** Writes an attempt, and what it adds to the time of the course and of the learner's day. */
export async function keepAttempt(ctx: Context, { lesson, packageId, part, before, after }: Keeping): Promise<void> {
  const person = requirePerson(ctx);
  const { enrollmentId, row } = lesson;
  const [total, moment, values] = [totalSeconds(after), ctx.now.toISOString(), JSON.stringify(after.values)];
  if (Buffer.byteLength(values) > mostBytes) throw new AppError('invalid', 'The package keeps more than we can take.');
  await ctx.db.sql(
    writeAttempt,
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

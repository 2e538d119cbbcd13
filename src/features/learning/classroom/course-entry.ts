import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { formatDuration, type LocalDate, localDate } from '#platform/time.ts';
import { type CourseStatus, type EnrollmentStatus, standingOf } from '../policy.ts';
import { lessonToContinue } from '../progress/progress.ts';
import { isAdmin, liveGrant, teaches } from './lesson-facts.ts';
import { outlineStatement } from './outline.ts';

/** What the address of a classroom leads to: the lesson to go on with, the introduction before the very first one, the end of the course, or (for who may not enter) the course's page. */
export type CourseEntry =
  | { kind: 'lesson'; lessonSlug: string }
  | { kind: 'introduction'; chapterId: string }
  | { kind: 'finished'; course: FinishedCourse }
  | { kind: 'no-access' };

/** A course that its learner has finished. */
export interface FinishedCourse {
  slug: string;
  title: string;
  /** On the learner's own calendar. */
  finishedOn: LocalDate;
  lessonCount: number;
  /** Days from the enrollment to the end, at least 1. */
  dayCount: number;
  watched: string | null;
  firstLessonSlug: string;
  /** The code of the certificate, while it holds. */
  certificateCode: string | null;
}

interface Row {
  slug: string;
  title: string;
  courseStatus: CourseStatus;
  isStaff: boolean;
  status: EnrollmentStatus | null;
  hasLiveGrant: boolean;
  lastLessonId: string | null;
  enrolledAt: Date | null;
  completedAt: Date | null;
  watchSeconds: number;
  certificateCode: string | null;
}

const courseForEntry = statement<Row, [slug: string, person: string, moment: string]>(
  `select c.slug, c.title, c.status as "courseStatus", ${teaches('$2')} as "isStaff", e.status, ${liveGrant('$2', '$3')} as "hasLiveGrant",
          e.last_lesson_id as "lastLessonId", e.enrolled_at as "enrolledAt", e.completed_at as "completedAt", coalesce(e.watch_seconds, 0) as "watchSeconds",
          k.code as "certificateCode"
     from courses c
     left join enrollments e on e.course_id = c.id and e.user_id = $2::uuid
     left join certificates k on k.enrollment_id = e.id and k.revoked_at is null
    where c.slug = $1`,
);

const dayMs = 86_400_000;

/** Where the acting person goes in a course's classroom. */
export async function courseEntry(ctx: Context, input: { slug: string }): Promise<CourseEntry> {
  const person = requirePerson(ctx);
  const [[course], lessons] = await asActor(ctx, (sql) =>
    Promise.all([sql(courseForEntry, input.slug, person.id, ctx.now.toISOString()), sql(outlineStatement, input.slug, person.id)]),
  );
  if (!course) throw new AppError('not-found', 'There is no such course.');
  const isLearner = standingOf(course) === 'open' && course.courseStatus !== 'DRAFT';
  if (!isLearner && !course.isStaff && !isAdmin(ctx)) return { kind: 'no-access' };
  const [first] = lessons;
  if (!first) return { kind: 'no-access' };
  const counted = lessons.filter((lesson) => lesson.counts);
  const isFinished = counted.length > 0 && counted.every((lesson) => lesson.isCompleted);
  if (isLearner && isFinished && course.completedAt && course.enrolledAt) {
    return {
      kind: 'finished',
      course: {
        ...finished(course.enrolledAt, course.completedAt, course, person.timeZone),
        lessonCount: counted.length,
        firstLessonSlug: first.slug,
      },
    };
  }
  const isNew = course.lastLessonId === null && lessons.every((lesson) => !lesson.isCompleted);
  if (isNew && first.hasIntroduction) return { kind: 'introduction', chapterId: first.chapterId };
  return { kind: 'lesson', lessonSlug: (lessonToContinue(lessons, course.lastLessonId) ?? first).slug };
}

function finished(
  enrolledAt: Date,
  completedAt: Date,
  course: Row,
  timeZone: string,
): Omit<FinishedCourse, 'lessonCount' | 'firstLessonSlug'> {
  return {
    slug: course.slug,
    title: course.title,
    finishedOn: localDate(completedAt, timeZone),
    dayCount: Math.max(1, Math.ceil((completedAt.getTime() - enrolledAt.getTime()) / dayMs)),
    certificateCode: course.certificateCode,
    watched: course.watchSeconds >= 60 ? formatDuration(course.watchSeconds) : null,
  };
}

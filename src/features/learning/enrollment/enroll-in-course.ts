import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { type CourseId, newId } from '#platform/ids.ts';
import { isAdmin, liveGrant, teaches } from '../classroom/lesson-facts.ts';
import { type CourseStatus, type EnrollmentStatus, isPrepared, nextStep, standingOf } from '../policy.ts';
import { openEnrollment } from './open-enrollment.ts';
import { missingOf, type Prerequisite, prerequisitesColumn } from './prerequisites.ts';

interface CourseRow {
  id: CourseId;
  status: CourseStatus;
  isFree: boolean;
  isStaff: boolean;
  enrollmentStatus: EnrollmentStatus | null;
  hasLiveGrant: boolean;
  prerequisites: Prerequisite[];
}

const courseBySlug = statement<CourseRow, [slug: string, person: string, moment: string]>(
  `select c.id, c.status, c.is_free as "isFree", ${teaches('$2')} as "isStaff", e.status as "enrollmentStatus", ${liveGrant('$2', '$3')} as "hasLiveGrant",
          ${prerequisitesColumn('$2')} as prerequisites
     from courses c left join enrollments e on e.course_id = c.id and e.user_id = $2::uuid where c.slug = $1`,
);

const grantFree = statement<unknown, [id: string, person: string, courseId: string, moment: string]>(
  `insert into access_grants (id, user_id, course_id, source, starts_at, created_at, updated_at)
   values ($1, $2, $3, 'FREE', $4::timestamptz, $4::timestamptz, $4::timestamptz)
   on conflict (user_id, course_id) where source = 'FREE' and revoked_at is null do nothing`,
);

/** What came of it. `already`: was enrolled before, and nothing changed. `purchase`: the course is not free. `prepare`: others have to be finished first. `suspended`: only the school can let this person in again. */
export type Enrolling = { kind: 'enrolled' | 'already' | 'purchase' | 'prepare' | 'suspended' };

/** Enrolls the acting person in a free course. Pressed twice, from two windows at once, it is one grant, one enrollment, counted once. */
export async function enrollInCourse(ctx: Context, input: { courseSlug: string }): Promise<Enrolling> {
  const person = requirePerson(ctx);
  return inTransaction(ctx, async (ctx): Promise<Enrolling> => {
    const [course] = await ctx.db.sql(courseBySlug, input.courseSlug, person.id, ctx.now.toISOString());
    if (!course) throw absent();
    const standing = standingOf({ status: course.enrollmentStatus, hasLiveGrant: course.hasLiveGrant });
    const step = nextStep({
      isGuest: false,
      isTeacher: false,
      isAdmin: false,
      standing,
      courseStatus: course.status,
      isFree: course.isFree,
      isPrepared: isPrepared({ isStaff: course.isStaff || isAdmin(ctx), missingCount: missingOf(course.prerequisites).length }),
      progressPercent: 0,
    });
    switch (step) {
      case 'enroll':
        return { kind: await giveFreeAccess(ctx, person, course.id) };
      case 'purchase':
      case 'prepare':
      case 'suspended':
        return { kind: step };
      case 'start':
        return { kind: 'already' };
      default:
        throw course.isStaff || isAdmin(ctx) ? new AppError('conflict', 'Nobody can enroll in a course that is not published.') : absent();
    }
  });
}

async function giveFreeAccess(ctx: Context, person: Person, courseId: CourseId): Promise<'enrolled' | 'already' | 'suspended'> {
  const moment = ctx.now.toISOString();
  await ctx.db.sql(grantFree, newId(), person.id, courseId, moment);
  return openEnrollment(ctx, { userId: person.id, courseId });
}

function absent(): AppError {
  return new AppError('not-found', 'There is no such course.');
}

import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { type LocalDate, localDate } from '#platform/time.ts';
import { isAdmin, liveGrant, teaches } from '../classroom/lesson-facts.ts';
import { type CourseStatus, type EnrollmentStatus, isPrepared, type NextStep, nextStep, standingOf } from '../policy.ts';
import { accessUntil } from './access-period.ts';
import { missingOf, type Prerequisite, prerequisitesColumn } from './prerequisites.ts';

/** Where the viewer of a course's page stands: what the button says, and how far they are. */
export interface CourseStanding {
  step: NextStep;
  /** Null for who is not enrolled. */
  progressPercent: number | null;
  /** The code of the viewer's certificate, while it holds. */
  certificateCode: string | null;
  /** What the course asks for first. */
  prerequisites: Prerequisite[];
  /** Those that still have to be finished. */
  missing: Prerequisite[];
  /** The viewer's own day on which their access ends; null when it does not, and for who has none. */
  accessUntil: LocalDate | null;
  /** The slugs of the courses that they have joined, the latest visited first: nothing to recommend to them. */
  joined: string[];
}

const mostJoined = 200;

interface Row {
  courseStatus: CourseStatus;
  isFree: boolean;
  isTeacher: boolean;
  status: EnrollmentStatus | null;
  hasLiveGrant: boolean;
  progressPercent: number | null;
  certificateCode: string | null;
  prerequisites: Prerequisite[];
  accessUntil: Date | null;
  joined: string[];
}

const standingInCourse = statement<Row, [slug: string, person: string, moment: string]>(
  `select c.status as "courseStatus", c.is_free as "isFree", ${teaches('$2')} as "isTeacher", e.status, ${liveGrant('$2', '$3')} as "hasLiveGrant",
          e.progress_percent as "progressPercent", k.code as "certificateCode",
          ${prerequisitesColumn('$2')} as prerequisites, ${accessUntil('$2', '$3')} as "accessUntil",
          array(select b.slug from enrollments j join courses b on b.id = j.course_id where j.user_id = $2::uuid
                 order by j.last_accessed_at desc, j.id desc limit ${mostJoined}) as joined
     from courses c
     left join enrollments e on e.course_id = c.id and e.user_id = $2::uuid
     left join certificates k on k.enrollment_id = e.id and k.revoked_at is null
    where c.slug = $1`,
);

const courseForGuest = statement<{ isFree: boolean; prerequisites: Prerequisite[] }, [slug: string, nobody: null]>(
  `select c.is_free as "isFree", ${prerequisitesColumn('$2')} as prerequisites
     from courses c left join enrollments e on e.course_id = c.id and e.user_id = $2::uuid where c.slug = $1`,
);

const closed: CourseStanding = {
  step: 'closed',
  progressPercent: null,
  certificateCode: null,
  prerequisites: [],
  missing: [],
  accessUntil: null,
  joined: [],
};

/** The true next step of the actor with a course that they can see. */
export async function courseStanding(ctx: Context, input: { slug: string }): Promise<CourseStanding> {
  const { actor } = ctx;
  if (actor.kind !== 'person') return guestStanding(ctx, input.slug);
  const [row] = await asActor(ctx, (sql) => sql(standingInCourse, input.slug, actor.id, ctx.now.toISOString()));
  if (!row) return closed;
  const standing = standingOf(row);
  const missing = missingOf(row.prerequisites);
  const step = nextStep({
    ...row,
    isGuest: false,
    isAdmin: isAdmin(ctx),
    standing,
    hasCertificate: row.certificateCode !== null,
    isPrepared: isPrepared({ isStaff: row.isTeacher || isAdmin(ctx), missingCount: missing.length }),
    progressPercent: row.progressPercent ?? 0,
  });
  return {
    step,
    progressPercent: standing === 'open' ? row.progressPercent : null,
    certificateCode: row.certificateCode,
    prerequisites: row.prerequisites,
    missing,
    joined: row.joined,
    accessUntil: standing === 'open' && row.accessUntil ? localDate(row.accessUntil, actor.timeZone) : null,
  };
}

async function guestStanding(ctx: Context, slug: string): Promise<CourseStanding> {
  const [course] = await ctx.db.sql(courseForGuest, slug, null);
  const guest = {
    isGuest: true,
    isTeacher: false,
    isAdmin: false,
    standing: 'none',
    courseStatus: 'PUBLISHED',
    isPrepared: true,
    progressPercent: 0,
  } as const;
  return course ? { ...closed, step: nextStep({ ...guest, isFree: course.isFree }), prerequisites: course.prerequisites } : closed;
}

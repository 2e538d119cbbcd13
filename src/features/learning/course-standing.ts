import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isAdmin, liveGrant, teaches } from './lesson-facts.ts';
import { type CourseStatus, type EnrollmentStatus, type NextStep, nextStep, standingOf } from './policy.ts';

/** Where the viewer of a course's page stands: what the button says, and how far they are. */
export interface CourseStanding {
  step: NextStep;
  /** Null for who is not enrolled. */
  progressPercent: number | null;
  /** The code of the viewer's certificate, while it holds. */
  certificateCode: string | null;
}

interface Row {
  courseStatus: CourseStatus;
  isFree: boolean;
  isTeacher: boolean;
  status: EnrollmentStatus | null;
  hasLiveGrant: boolean;
  progressPercent: number | null;
  certificateCode: string | null;
}

const standingInCourse = statement<Row, [slug: string, person: string, moment: string]>(
  `select c.status as "courseStatus", c.is_free as "isFree", ${teaches('$2')} as "isTeacher", e.status, ${liveGrant('$2', '$3')} as "hasLiveGrant",
          e.progress_percent as "progressPercent", k.code as "certificateCode"
     from courses c
     left join enrollments e on e.course_id = c.id and e.user_id = $2::uuid
     left join certificates k on k.enrollment_id = e.id and k.revoked_at is null
    where c.slug = $1`,
);

const isFreeBySlug = statement<{ isFree: boolean }, [slug: string]>('select is_free as "isFree" from courses where slug = $1');

/** The true next step of the actor with a course that they can see. */
export async function courseStanding(ctx: Context, input: { slug: string }): Promise<CourseStanding> {
  const { actor } = ctx;
  if (actor.kind !== 'person') return { step: await guestStep(ctx, input.slug), progressPercent: null, certificateCode: null };
  const [row] = await asActor(ctx, (sql) => sql(standingInCourse, input.slug, actor.id, ctx.now.toISOString()));
  if (!row) return { step: 'closed', progressPercent: null, certificateCode: null };
  const standing = standingOf(row);
  const { certificateCode } = row;
  const facts = { isGuest: false, isAdmin: isAdmin(ctx), standing, hasCertificate: certificateCode !== null };
  const step = nextStep({ ...row, ...facts, progressPercent: row.progressPercent ?? 0 });
  return { step, progressPercent: standing === 'open' ? row.progressPercent : null, certificateCode };
}

async function guestStep(ctx: Context, slug: string): Promise<NextStep> {
  const [course] = await ctx.db.sql(isFreeBySlug, slug);
  const guest = {
    isGuest: true,
    isTeacher: false,
    isAdmin: false,
    standing: 'none',
    courseStatus: 'PUBLISHED',
    progressPercent: 0,
  } as const;
  return course ? nextStep({ ...guest, isFree: course.isFree }) : 'closed';
}

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
  /** The slugs of the courses that should be finished before, and that they have finished. */
  finishedBefore: string[];
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
  finishedBefore: string[];
  joined: string[];
}

const standingInCourse = statement<Row, [slug: string, person: string, moment: string]>(
  `select c.status as "courseStatus", c.is_free as "isFree", ${teaches('$2')} as "isTeacher", e.status, ${liveGrant('$2', '$3')} as "hasLiveGrant",
          e.progress_percent as "progressPercent",
          array(select b.slug from course_prerequisites r join courses b on b.id = r.prerequisite_id
                  join enrollments f on f.course_id = b.id and f.user_id = $2::uuid and f.completed_at is not null where r.course_id = c.id) as "finishedBefore",
          array(select b.slug from enrollments j join courses b on b.id = j.course_id where j.user_id = $2::uuid
                 order by j.last_accessed_at desc, j.id desc limit ${mostJoined}) as joined
     from courses c left join enrollments e on e.course_id = c.id and e.user_id = $2::uuid where c.slug = $1`,
);

const isFreeBySlug = statement<{ isFree: boolean }, [slug: string]>('select is_free as "isFree" from courses where slug = $1');

const nothing = { finishedBefore: [], joined: [] };

/** The true next step of the actor with a course that they can see. */
export async function courseStanding(ctx: Context, input: { slug: string }): Promise<CourseStanding> {
  const { actor } = ctx;
  if (actor.kind !== 'person') return { step: await guestStep(ctx, input.slug), progressPercent: null, ...nothing };
  const [row] = await asActor(ctx, (sql) => sql(standingInCourse, input.slug, actor.id, ctx.now.toISOString()));
  if (!row) return { step: 'closed', progressPercent: null, ...nothing };
  const standing = standingOf(row);
  const step = nextStep({ ...row, isGuest: false, isAdmin: isAdmin(ctx), standing, progressPercent: row.progressPercent ?? 0 });
  const { finishedBefore, joined } = row;
  return { step, progressPercent: standing === 'open' ? row.progressPercent : null, finishedBefore, joined };
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

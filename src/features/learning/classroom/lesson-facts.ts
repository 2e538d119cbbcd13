import type { LessonType } from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { CourseId, EnrollmentId, LessonId, VideoId } from '#platform/ids.ts';
import { missingOf, type Prerequisite, prerequisitesColumn } from '../enrollment/prerequisites.ts';
import {
  type CourseStatus,
  type EnrollmentStatus,
  isPrepared,
  type LessonAccess,
  lessonAccess,
  type Standing,
  standingOf,
} from '../policy.ts';
import { watchedEnoughPercent } from '../progress/progress.ts';

/** A lesson as one actor meets it: where it stands, how far they are, and whether it is open to them. */
export interface LessonRow {
  courseId: CourseId;
  courseSlug: string;
  courseTitle: string;
  courseStatus: CourseStatus;
  isFree: boolean;
  allowsManualCompletion: boolean;
  isStaff: boolean;
  lessonId: LessonId;
  lessonTitle: string;
  type: LessonType;
  chapterTitle: string;
  isPublished: boolean;
  isHidden: boolean;
  isPreview: boolean;
  isRequired: boolean;
  opensAt: Date | null;
  /** As the chapter says it, whenever anybody enrolled. */
  releaseAt: Date | null;
  releaseAfterDays: number | null;
  durationSeconds: number;
  videoId: VideoId | null;
  enrollmentId: EnrollmentId | null;
  status: EnrollmentStatus | null;
  hasLiveGrant: boolean;
  prerequisites: Prerequisite[];
  isCompleted: boolean;
  completedAt: Date | null;
  watchedPercent: number;
  positionSeconds: number;
}

/** The SQL condition that a person teaches the course `c`; `person` is a placeholder. */
export const teaches = (person: string) =>
  `(c.instructor_id = ${person}::uuid or exists (select from course_instructors i where i.course_id = c.id and i.user_id = ${person}::uuid))`;

/** The SQL condition that a person has a grant for the course `c` that lives at a moment; both are placeholders. */
export const liveGrant = (person: string, moment: string) =>
  `exists (select from access_grants g where g.user_id = ${person}::uuid and g.course_id = c.id and g.revoked_at is null
             and g.starts_at <= ${moment}::timestamptz and (g.expires_at is null or g.expires_at > ${moment}::timestamptz))`;

/** The SQL source of the enrollments `e` whose courses `c` are open to a person at a moment; both are placeholders. */
export const openEnrollments = (person: string, moment: string) =>
  `enrollments e join courses c on c.id = e.course_id and c.status <> 'DRAFT'
    where e.user_id = ${person}::uuid and e.status in ('ACTIVE', 'COMPLETED') and ${liveGrant(person, moment)}`;

/** The query of a lesson by slugs: $1 course, $2 lesson, $3 person or null, $4 moment. */
export const lessonQuery = (columns = '') => `
  select c.id as "courseId", c.slug as "courseSlug", c.title as "courseTitle", c.status as "courseStatus", c.is_free as "isFree",
         c.allows_manual_completion as "allowsManualCompletion", ${teaches('$3')} as "isStaff",
         l.id as "lessonId", l.title as "lessonTitle", l.type, h.title as "chapterTitle",
         l.published and h.published as "isPublished", l.visibility = 'PRIVATE' or h.visibility = 'PRIVATE' as "isHidden",
         l.visibility = 'PREVIEW' or h.is_free as "isPreview", l.is_required as "isRequired",
         coalesce(h.release_at, e.enrolled_at + make_interval(days => h.release_after_days)) as "opensAt",
         h.release_at as "releaseAt", h.release_after_days as "releaseAfterDays",
         coalesce(nullif(v.duration_seconds, 0), l.duration_seconds) as "durationSeconds", l.video_id as "videoId",
         e.id as "enrollmentId", e.status, ${liveGrant('$3', '$4')} as "hasLiveGrant", ${prerequisitesColumn('$3')} as prerequisites,
         coalesce(p.completed, false) as "isCompleted", p.completed_at as "completedAt", coalesce(p.watched_percent, 0) as "watchedPercent",
         coalesce(p.position_seconds, 0) as "positionSeconds"${columns}
    from courses c
    join lessons l on l.course_id = c.id and l.slug = $2
    join chapters h on h.id = l.chapter_id
    left join videos v on v.id = l.video_id
    left join enrollments e on e.course_id = c.id and e.user_id = $3::uuid
    left join lesson_progress p on p.enrollment_id = e.id and p.lesson_id = l.id
   where c.slug = $1`;

/** The values of `lessonQuery`. */
export type LessonQueryValues = [courseSlug: string, lessonSlug: string, person: string | null, moment: string];

/** The values for an actor. */
export function lessonQueryValues(ctx: Context, input: { courseSlug: string; lessonSlug: string }): LessonQueryValues {
  return [input.courseSlug, input.lessonSlug, ctx.actor.kind === 'person' ? ctx.actor.id : null, ctx.now.toISOString()];
}

export interface Judgment {
  standing: Standing;
  isStaff: boolean;
  isPrepared: boolean;
  access: LessonAccess;
}

/** What of a lesson, or of a chapter's introduction, decides whether it is open. */
export type JudgedRow = Pick<
  LessonRow,
  'courseStatus' | 'isStaff' | 'isPublished' | 'isHidden' | 'isPreview' | 'opensAt' | 'status' | 'hasLiveGrant' | 'prerequisites'
>;

/** Where the actor stands with the course, and whether the lesson, or the introduction, is open to them. */
export function judge(ctx: Context, row: JudgedRow): Judgment {
  const standing = standingOf(row);
  const isStaff = row.isStaff || isAdmin(ctx);
  const prepared = isPrepared({ isStaff, missingCount: missingOf(row.prerequisites).length });
  return { standing, isStaff, isPrepared: prepared, access: lessonAccess({ ...row, standing, isStaff, isPrepared: prepared }, ctx.now) };
}

/** Whether the actor runs the school. */
export function isAdmin(ctx: Context): boolean {
  return ctx.actor.kind === 'system' || (ctx.actor.kind === 'person' && ctx.actor.role === 'ADMIN');
}

/** Whether the lesson was completed by watching. */
export function isWatchedThrough(row: Pick<LessonRow, 'type' | 'watchedPercent'>): boolean {
  return row.type === 'VIDEO' && row.watchedPercent >= watchedEnoughPercent;
}

const lessonBySlugs = statement<LessonRow, LessonQueryValues>(lessonQuery());

/** The lesson as the acting person meets it, within the current transaction. */
export async function lessonForMarking(ctx: Context, input: { courseSlug: string; lessonSlug: string }): Promise<LessonRow | undefined> {
  const [row] = await ctx.db.sql(lessonBySlugs, ...lessonQueryValues(ctx, input));
  return row;
}

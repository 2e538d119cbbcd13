import { openEnrollments } from '../classroom/lesson-facts.ts';

export type DatedKind = 'assignment' | 'quiz' | 'live' | 'opening' | 'ending';

/** Something in a learner's courses that has a date, as the database gives it in JSON. */
export interface DatedRow {
  kind: DatedKind;
  /** Of the assignment, quiz, session, chapter or enrollment. */
  id: string;
  title: string;
  courseTitle: string;
  courseSlug: string;
  /** Where it happens; null is the course as a whole. */
  lessonSlug: string | null;
  at: string;
  /** How long it takes; null is a moment. */
  minutes: number | null;
  /** It was handed in, or passed. */
  isDone: boolean;
  /** It may still be handed in after its date. */
  mayBeLate: boolean;
  changedAt: string;
}

/**
 * The SQL query of all that has a date between two moments in the courses that are open to a person at a moment, in no order; all are placeholders. What
 * is not published, or whose course is closed to them, is not in it.
 */
export const datedRows = (person: string, moment: string, from: string, until: string) => `
  with own as materialized (
    select e.id, e.course_id, e.enrolled_at, c.slug, c.title from ${openEnrollments(person, moment)}
  ), lesson as materialized (
    select own.slug as course_slug, own.title as course_title, l.id, l.type, l.slug, l.title, l.updated_at
      from own
      join lessons l on l.course_id = own.course_id and l.type in ('QUIZ', 'ASSIGNMENT', 'LIVE_SESSION') and l.published and l.visibility <> 'PRIVATE'
      join chapters h on h.id = l.chapter_id and h.published and h.visibility = 'PUBLIC'
  ), dated as (
    select 'assignment' as kind, a.id, a.title, l.course_title, l.course_slug, l.slug as lesson_slug, a.due_at as at, null::int as minutes,
           exists (select from submissions s where s.assignment_id = a.id and s.user_id = ${person}::uuid and s.state <> 'DRAFT') as is_done,
           a.late_policy <> 'REFUSE' as may_be_late, greatest(a.updated_at, l.updated_at) as changed_at
      from lesson l join assignments a on a.lesson_id = l.id where l.type = 'ASSIGNMENT'
    union all
    select 'quiz', q.id, q.title, l.course_title, l.course_slug, l.slug, q.close_at, null,
           exists (select from quiz_attempts t where t.quiz_id = q.id and t.user_id = ${person}::uuid and t.state <> 'IN_PROGRESS'
                      and (t.passed or t.state = 'SUBMITTED' or not q.allow_retakes or t.number >= q.max_attempts)),
           false, greatest(q.updated_at, l.updated_at)
      from lesson l join quizzes q on q.lesson_id = l.id where l.type = 'QUIZ'
    union all
    select 'live', v.id, l.title, l.course_title, l.course_slug, l.slug, v.starts_at, v.duration_minutes, false, false, greatest(v.updated_at, l.updated_at)
      from lesson l join live_sessions v on v.lesson_id = l.id where l.type = 'LIVE_SESSION'
    union all
    select 'opening', h.id, h.title, own.title, own.slug, first.slug, coalesce(h.release_at, own.enrolled_at + make_interval(days => h.release_after_days)),
           null, false, false, greatest(h.updated_at, own.enrolled_at)
      from own
      join chapters h on h.course_id = own.course_id and (h.release_at is not null or h.release_after_days is not null)
                     and h.published and h.visibility = 'PUBLIC' and not h.is_free
     cross join lateral (select l.slug from lessons l where l.chapter_id = h.id and l.published and l.visibility = 'PUBLIC' order by l.position limit 1) first
    union all
    select 'ending', own.id, own.title, own.title, own.slug, null, g.ends_at, null, false, false, g.changed_at
      from own
     cross join lateral (
       select max(g.expires_at) as ends_at, max(g.updated_at) as changed_at from access_grants g
        where g.user_id = ${person}::uuid and g.course_id = own.course_id and g.revoked_at is null and g.starts_at <= ${moment}::timestamptz
          and (g.expires_at is null or g.expires_at > ${moment}::timestamptz)
       having bool_and(g.expires_at is not null)) g
  )
  select kind, id, title, course_title as "courseTitle", course_slug as "courseSlug", lesson_slug as "lessonSlug", at, minutes, is_done as "isDone",
         may_be_late as "mayBeLate", changed_at as "changedAt"
    from dated where at > ${from} and at <= ${until}`;

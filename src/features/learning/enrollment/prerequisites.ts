/** A course that another asks for first. */
export interface Prerequisite {
  slug: string;
  title: string;
  /** The viewer has finished it once. */
  isDone: boolean;
  /** It is asked of the viewer: who had enrolled before it was asked for goes on without. */
  isAsked: boolean;
}

/**
 * A column of a query over a course `c` and the enrollment `e` of a person in it, who may be nobody: what the course asks for. A course in which nobody can
 * enroll cannot be asked for. The function `record_watched` says the same.
 */
export const prerequisitesColumn = (person: string) => `
  (select coalesce(json_agg(json_build_object('slug', q.slug, 'title', q.title, 'isAsked', e.enrolled_at is null or r.created_at <= e.enrolled_at,
             'isDone', exists (select from enrollments d where d.course_id = q.id and d.user_id = ${person}::uuid and d.completed_at is not null)) order by q.title), '[]')
     from course_prerequisites r join courses q on q.id = r.prerequisite_id and q.status = 'PUBLISHED' where r.course_id = c.id)`;

/** What the viewer has to finish first. */
export function missingOf(prerequisites: readonly Prerequisite[]): Prerequisite[] {
  return prerequisites.filter(({ isAsked, isDone }) => isAsked && !isDone);
}

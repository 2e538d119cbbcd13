import type { Actor } from '#platform/context.ts';
import { mayRunCatalogue } from './policy.ts';

/** The SQL condition that the course `c` is there for a person: it is published, or they see all, or they teach it. Both are placeholders. */
export const visibleCourse = (person: string, seesAll: string) =>
  `(c.status = 'PUBLISHED' or ${seesAll} or c.instructor_id = ${person}::uuid
        or exists (select from course_instructors i where i.course_id = c.id and i.user_id = ${person}::uuid))`;

/** The values of its placeholders for an actor. */
export function viewerOf(actor: Actor): [person: string | null, seesAll: boolean] {
  return [actor.kind === 'person' ? actor.id : null, mayRunCatalogue(actor)];
}

import { type CourseTeam, mayEditCourse } from '#features/catalogue/policy.ts';
import type { Actor } from '#platform/context.ts';

/** Whether the actor writes to all students of a course: whoever may change it, and not in somebody else's name. */
export function mayAnnounce(actor: Actor, team: CourseTeam): boolean {
  return actor.kind === 'person' && !actor.session?.impersonator && mayEditCourse(actor, team);
}

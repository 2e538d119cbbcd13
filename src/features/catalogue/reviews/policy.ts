import type { Actor } from '#platform/context.ts';
import type { CourseTeam } from '../policy.ts';

/** Whether the actor answers reviews of a course: its owner who still teaches, and co-instructors. The school does not speak for them. */
export function mayReplyToReviews(actor: Actor, team: CourseTeam): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'person' || actor.session?.impersonator) return false;
  if (actor.id === team.instructorId) return actor.role !== 'STUDENT';
  return team.others.some((other) => other.userId === actor.id && other.role === 'CO_INSTRUCTOR');
}

/** Whether the actor may ask for a review to be looked at: anyone signed in, about what somebody else wrote. */
export function mayReportReview(actor: Actor, authorId: string): boolean {
  return actor.kind === 'person' && actor.id !== authorId;
}

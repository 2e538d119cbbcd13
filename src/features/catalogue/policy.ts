import type { Actor } from '#platform/context.ts';

/** Who teaches a course, as far as rights go. */
export interface CourseTeam {
  instructorId: string;
  others: readonly { userId: string; role: 'CO_INSTRUCTOR' | 'ASSISTANT' }[];
}

/** Whether the actor runs the school: its categories, what is featured, everybody's courses. */
export function mayRunCatalogue(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'person' && actor.role === 'ADMIN');
}

/** Whether the actor may make a course that this person will own. */
export function mayCreateCourse(actor: Actor, instructorId: string): boolean {
  return mayRunCatalogue(actor) || (actor.kind === 'person' && actor.role === 'INSTRUCTOR' && actor.id === instructorId);
}

/** Whether the actor decides who else teaches a course: who owns it and still is an instructor, and admins. */
export function mayLeadCourse(actor: Actor, team: Pick<CourseTeam, 'instructorId'>): boolean {
  return mayRunCatalogue(actor) || (actor.kind === 'person' && actor.id === team.instructorId && actor.role === 'INSTRUCTOR');
}

/** Whether the actor sees who learns in a course, and its pages in the studio: who may change it, and its assistants. */
export function mayHelpStudents(actor: Actor, team: CourseTeam): boolean {
  return mayEditCourse(actor, team) || (actor.kind === 'person' && team.others.some((other) => other.userId === actor.id));
}

/** Whether the actor may change a course and its content: who owns it and still is an instructor, co-instructors, admins. Assistants help students only. */
export function mayEditCourse(actor: Actor, team: CourseTeam): boolean {
  if (mayRunCatalogue(actor)) return true;
  if (actor.kind !== 'person') return false;
  if (actor.id === team.instructorId) return actor.role === 'INSTRUCTOR';
  return team.others.some((other) => other.userId === actor.id && other.role === 'CO_INSTRUCTOR');
}

import { type CourseTeam, mayEditCourse, mayRunCatalogue } from '#features/catalogue/policy.ts';
import type { Actor } from '#platform/context.ts';

/** Whether the actor may open a course in the studio: who may change it, and its assistants, who look and change nothing of the content. */
export function mayOpenStudio(actor: Actor, team: CourseTeam): boolean {
  if (mayEditCourse(actor, team)) return true;
  return actor.kind === 'person' && team.others.some((other) => other.userId === actor.id && other.role === 'ASSISTANT');
}

/** Whether the actor may begin a course of their own. */
export function mayBeginCourse(actor: Actor): boolean {
  return actor.kind === 'person' && (actor.role === 'INSTRUCTOR' || mayRunCatalogue(actor));
}

/** Whether the actor may take back an import: whoever made it. What it changed is asked of the course again. */
export function mayUndoImport(actor: Actor, ownerId: string): boolean {
  return actor.kind === 'person' && actor.id === ownerId;
}

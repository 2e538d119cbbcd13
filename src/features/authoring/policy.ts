import { mayCreateCourse } from '#features/catalogue/policy.ts';
import type { Actor } from '#platform/context.ts';

/** Whether the actor may import courses of their own. */
export function mayImport(actor: Actor): boolean {
  return actor.kind === 'person' && mayCreateCourse(actor, actor.id);
}

/** Whether the actor may take back an import: whoever made it. What it changed is asked of the course again. */
export function mayUndoImport(actor: Actor, ownerId: string): boolean {
  return actor.kind === 'person' && actor.id === ownerId;
}

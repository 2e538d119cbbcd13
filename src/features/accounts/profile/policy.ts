import type { Actor } from '#platform/context.ts';

/** Whether the actor has a public face as an instructor. */
export function mayTeach(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role !== 'STUDENT';
}

import type { Actor } from '#platform/context.ts';

/** The name that a closed account leaves beside what stays: orders, posts, reviews. */
export const formerMemberName = 'Former member';

/** Whether the actor is somebody in their own browser: not an API key, and not an admin who acts as them. */
export function isThemselves(actor: Actor): boolean {
  return actor.kind === 'person' && actor.session !== undefined && !actor.session.impersonator;
}

/** Whether the actor may close somebody else's account. One's own asks for a fresh proof and one's address, and so has a way of its own. */
export function mayClosePerson(actor: Actor, personId: string): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'person' && isThemselves(actor) && actor.role === 'ADMIN' && actor.id !== personId;
}

import type { Actor, Role } from '#platform/context.ts';
import { entryOf, type Standing } from '../policy.ts';

/** How long an admin may act as somebody else before they have to begin again. */
export const impersonationSeconds = 3_600;

/** What decides whether an admin may act as someone. */
export interface ActedAs extends Standing {
  id: string;
  role: Role;
}

/**
 * Whether the actor may act as the person: an admin, in a browser of their own, as someone who could come in and is no admin themselves.
 * `reachableFromOutside`: whether others than this machine reach the school.
 */
export function mayActAs(actor: Actor, person: ActedAs, now: Date, reachableFromOutside: boolean): boolean {
  if (actor.kind !== 'person' || actor.role !== 'ADMIN' || actor.apiKey || actor.session?.impersonator) return false;
  return actor.id !== person.id && person.role !== 'ADMIN' && entryOf(person, now, reachableFromOutside) === 'welcome';
}

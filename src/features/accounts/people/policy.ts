import type { Actor, Role } from '#platform/context.ts';
import { entryOf, mayManagePeople, type Standing } from '../policy.ts';

/** As much of a person as decides what an admin may do with their account. */
export interface ManagedPerson extends Standing {
  id: string;
  role: Role;
  emailVerified: boolean;
}

export type Deed = 'changeRole' | 'suspend' | 'liftSuspension' | 'endSessions' | 'sendPasswordLink' | 'confirmAddress' | 'close';

/** Whether somebody is suspended now. */
export function isSuspended(person: Standing, now: Date): boolean {
  return entryOf(person, now, false) === 'banned';
}

/**
 * Whether the actor may do this to the person's account now. Nobody administers themselves, a closed account stays as it is, and an admin
 * is made something else before they are suspended or closed, so that the school always keeps one.
 */
export function mayDo(deed: Deed, actor: Actor, person: ManagedPerson, now: Date): boolean {
  if (!mayManagePeople(actor) || person.deletedAt) return false;
  if (actor.kind === 'person' && actor.id === person.id) return false;
  switch (deed) {
    case 'suspend':
      return person.role !== 'ADMIN' && !isSuspended(person, now);
    case 'close':
      return person.role !== 'ADMIN';
    case 'liftSuspension':
      return isSuspended(person, now);
    case 'confirmAddress':
      return !person.emailVerified;
    default:
      return true;
  }
}

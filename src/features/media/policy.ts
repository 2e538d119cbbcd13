import type { Actor } from '#platform/context.ts';
import type { UserId } from '#platform/ids.ts';

/** Whether the actor may keep files under this owner's name; null is the school itself. */
export function mayStoreFor(actor: Actor, ownerId: UserId | null): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'person' && (actor.role === 'ADMIN' || actor.id === ownerId);
}

/** Whether the actor may upload at all: those who make courses. What they upload is theirs. */
export function mayUpload(actor: Actor): boolean {
  return actor.kind === 'person' && (actor.role === 'INSTRUCTOR' || actor.role === 'ADMIN');
}

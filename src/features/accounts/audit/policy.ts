import type { Actor } from '#platform/context.ts';

/** Whether the actor reads what staff did. */
export function mayReadAuditLog(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'ADMIN';
}

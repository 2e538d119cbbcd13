import type { Actor } from '#platform/context.ts';

/** Whether the actor reads the mails that the school has written: they carry links that open other people's accounts. */
export function mayReadMailbox(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'ADMIN';
}

import type { Actor } from '#platform/context.ts';

/** Whether the actor reads the mails that the school has written: they carry links that open other people's accounts. */
export function mayReadMailbox(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'ADMIN';
}

/** Whether the actor has a mail that failed sent once more. */
export function maySendMailAgain(actor: Actor): boolean {
  return mayReadMailbox(actor);
}

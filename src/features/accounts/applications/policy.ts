import type { Actor } from '#platform/context.ts';

/** Whether the actor may ask to teach: whoever does not teach yet. */
export function mayApplyToTeach(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'STUDENT';
}

/** How much somebody tells who asks to teach: a few sentences, enough to decide by. */
export const fewestCharacters = 80;

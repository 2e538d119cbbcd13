import type { Actor } from '#platform/context.ts';

/** Whether the actor keeps the books of the school: pays people out, reads what was sold, and looks at what does not agree. Whoever acts as an admin moves no money in their name. */
export function mayKeepBooks(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'ADMIN' && !actor.session?.impersonator;
}

/** Whether the actor has earnings to look at: whoever is signed in, each their own, since anybody may send buyers. */
export function mayReadStatement(actor: Actor): boolean {
  return actor.kind === 'person';
}

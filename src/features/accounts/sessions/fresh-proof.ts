import type { Actor, Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';

/** How long a proof of who one is counts as recent. */
const freshSeconds = 15 * 60;

/** Whether the actor proved who they are a short while ago. An admin who acts as them proved only who the admin is. */
export function isFresh(actor: Actor, now: Date): boolean {
  if (actor.kind !== 'person' || !actor.session || actor.session.impersonator) return false;
  return now.getTime() - actor.session.startedAt.getTime() <= freshSeconds * 1000;
}

/** Refuses a change of how one gets in unless the actor has just proved who they are. */
export function requireFreshProof({ actor, now }: Context): void {
  if (!isFresh(actor, now)) throw new AppError('forbidden', 'Confirm that it is you first.');
}

import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';

/** Refuses what only the person themselves may do: an admin who acts as them sees what they see, but changes neither how they get in nor what is theirs for good. */
export function refuseWhileImpersonating({ actor }: Context): void {
  if (actor.kind !== 'person' || !actor.session?.impersonator) return;
  throw new AppError('forbidden', `Only ${actor.name} can do that. You are acting as them.`);
}

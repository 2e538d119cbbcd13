import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { requireFreshProof } from '../sessions/fresh-proof.ts';

/** Someone who has just proved who they are, and is nobody else: only they change how they get in. */
export function requireOwner(ctx: Context): Person {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  requireFreshProof(ctx);
  return person;
}

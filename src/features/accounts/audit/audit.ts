import type { Context } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';

interface Deed {
  /** `feature.whatWasDone`. */
  action: string;
  subjectType: string;
  subjectId: string;
  before?: Record<string, string>;
  after?: Record<string, string>;
}

/**
 * Writes down what staff did, in the transaction that does it, under the name of whoever really did it: an admin who acts as somebody else
 * stays the actor. The database chains the rows by hash and lets nobody change them.
 */
export async function audit(ctx: Context, deed: Deed): Promise<void> {
  const { actor, address } = ctx;
  const person = actor.kind === 'person' ? actor : null;
  const impersonator = person?.session?.impersonator;
  const after = impersonator && person ? { ...deed.after, actingAs: person.id } : deed.after;
  const actorId = impersonator?.id ?? person?.id ?? null;
  // Many, because one would be read back, and whoever an admin acts as may not see what stands under the admin's name.
  await ctx.db.prisma.auditLog.createMany({ data: [{ id: newId(), actorId, at: ctx.now, ipAddress: address, ...deed, after }] });
}

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

/** Writes down what staff did, in the transaction that does it. The database chains the rows by hash and lets nobody change them. */
export async function audit(ctx: Context, deed: Deed): Promise<void> {
  const actorId = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  await ctx.db.prisma.auditLog.create({ data: { id: newId(), actorId, at: ctx.now, ...deed } });
}

import type { Actor } from '#platform/context.ts';

/** Whether the actor looks after the orders of others: sees them, gives money back, says that a transfer has come. Whoever acts as an admin moves no money in their name. */
export function mayManageOrders(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'ADMIN' && !actor.session?.impersonator;
}

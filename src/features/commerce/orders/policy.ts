import type { Actor } from '#platform/context.ts';

/** Whether the actor looks after the orders of others: sees them, gives money back, says that a transfer has come. */
export function mayManageOrders(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'ADMIN';
}

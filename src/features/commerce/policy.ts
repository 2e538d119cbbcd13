import type { Actor } from '#platform/context.ts';

/** Whether the actor keeps a wishlist: whoever is signed in, each their own. An admin who acts as somebody else wishes nothing in their name. */
export function mayWish(actor: Actor): boolean {
  return actor.kind === 'person' && !actor.session?.impersonator;
}

/** Whether the actor looks after the orders of others: sees them, gives money back, says that a transfer has come. */
export function mayManageOrders(actor: Actor): boolean {
  return actor.kind === 'person' && actor.role === 'ADMIN';
}

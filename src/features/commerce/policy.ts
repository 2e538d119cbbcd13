import type { Actor } from '#platform/context.ts';

/** Whether the actor keeps a wishlist: whoever is signed in, each their own. An admin who acts as somebody else wishes nothing in their name. */
export function mayWish(actor: Actor): boolean {
  return actor.kind === 'person' && !actor.session?.impersonator;
}

/** Whether the actor takes gifts and seats, and manages memberships: whoever is signed in, each for themself. An admin who acts as somebody else does not, in their name. */
export function mayTake(actor: Actor): boolean {
  return actor.kind === 'person' && !actor.session?.impersonator;
}

/** Whether the actor hands out what an order bought: seats of a team, and gifts. The buyer does, nobody else in their name. */
export function mayHandOut(actor: Actor, order: { buyerId: string }): boolean {
  return actor.kind === 'person' && actor.id === order.buyerId && !actor.session?.impersonator;
}

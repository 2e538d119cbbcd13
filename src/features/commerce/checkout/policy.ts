import type { Actor } from '#platform/context.ts';

/** Whether the actor buys: whoever is signed in, for themself. An admin who acts as somebody else spends none of their money. */
export function mayOrder(actor: Actor): boolean {
  return actor.kind === 'person' && !actor.session?.impersonator;
}

/** Whether the actor sees what has become of an order: its buyer. Staff have pages of their own. */
export function maySeeOrder(actor: Actor, order: { buyerId: string }): boolean {
  return actor.kind === 'person' && actor.id === order.buyerId;
}

import type { Actor } from '#platform/context.ts';

/** Whether the actor keeps a wishlist: whoever is signed in, each their own. An admin who acts as somebody else wishes nothing in their name. */
export function mayWish(actor: Actor): boolean {
  return actor.kind === 'person' && !actor.session?.impersonator;
}

/** Whether the actor keeps a cart of their own: whoever is signed in. A guest's is in their browser. An admin who acts as somebody else buys nothing in their name. */
export function mayFillCart(actor: Actor): boolean {
  return actor.kind === 'person' && !actor.session?.impersonator;
}

/** Something that is sold, as far as rights go. */
export interface SoldThing {
  type: 'BUNDLE' | 'MEMBERSHIP';
  ownerId: string;
}

/** Whether the actor makes and changes a bundle or a membership: admins any, instructors the bundles that are theirs. */
export function mayEditProduct(actor: Actor, { type, ownerId }: SoldThing): boolean {
  if (actor.kind === 'system') return true;
  if (actor.kind !== 'person') return false;
  return actor.role === 'ADMIN' || (actor.role === 'INSTRUCTOR' && type === 'BUNDLE' && actor.id === ownerId);
}

/** Whether the actor may put a course into something that is sold: admins any, instructors those that they own. */
export function mayBundle(actor: Actor, course: { instructorId: string }): boolean {
  if (actor.kind === 'system') return true;
  return actor.kind === 'person' && (actor.role === 'ADMIN' || (actor.role === 'INSTRUCTOR' && actor.id === course.instructorId));
}

/** Whether the actor takes gifts and seats, and manages memberships: whoever is signed in, each for themself. An admin who acts as somebody else does not, in their name. */
export function mayTake(actor: Actor): boolean {
  return actor.kind === 'person' && !actor.session?.impersonator;
}

/** Whether the actor hands out what an order bought: seats of a team, and gifts. The buyer does, nobody else in their name. */
export function mayHandOut(actor: Actor, order: { buyerId: string }): boolean {
  return actor.kind === 'person' && actor.id === order.buyerId && !actor.session?.impersonator;
}

/** Whether the actor says how the school sells: its settings, taxes, everybody's coupons. */
export function mayRunShop(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'person' && actor.role === 'ADMIN');
}

/** Whether the actor makes coupons at all: the school for anything, instructors for what they sell themselves. */
export function mayMakeCoupons(actor: Actor): boolean {
  return mayRunShop(actor) || (actor.kind === 'person' && actor.role === 'INSTRUCTOR');
}

/** Whether the actor sees and changes a coupon: the school's people each, an instructor those for their own products. */
export function mayChangeCoupon(actor: Actor, coupon: { instructorId: string | null }): boolean {
  return mayRunShop(actor) || (mayMakeCoupons(actor) && actor.kind === 'person' && actor.id === coupon.instructorId);
}

import type { Actor } from '#platform/context.ts';

/** Whether the actor keeps a wishlist: whoever is signed in, each their own. An admin who acts as somebody else wishes nothing in their name. */
export function mayWish(actor: Actor): boolean {
  return actor.kind === 'person' && !actor.session?.impersonator;
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

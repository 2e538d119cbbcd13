import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { mayManageOrders } from './policy.ts';

/** Who looks after the orders of others, or the refusal: to everybody else there are none. */
export function requireShopKeeper(ctx: Context): void {
  if (ctx.actor.kind === 'guest') throw new AppError('sign-in-required', 'Sign in to continue.');
  if (!mayManageOrders(ctx.actor)) throw new AppError('not-found', 'There is nothing at this address.');
}

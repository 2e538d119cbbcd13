import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { mayFillCart } from '../policy.ts';

/** More than anybody buys at once. */
export const mostInCart = 50;

/** More seats are a talk with the school. */
export const mostSeats = 1000;

/** Who keeps the cart that is changed. */
export function requireCartOwner(ctx: Context): Person {
  const person = requirePerson(ctx);
  if (!mayFillCart(person)) throw new AppError('forbidden', 'A cart is filled by the person whose it is.');
  return person;
}

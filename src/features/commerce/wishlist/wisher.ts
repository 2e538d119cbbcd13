import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { mayWish } from '../policy.ts';

/** More than anybody chooses from. */
export const mostWishes = 200;

/** Who keeps the wishlist that is asked about. */
export function requireWisher(ctx: Context): Person {
  const person = requirePerson(ctx);
  if (!mayWish(person)) throw new AppError('forbidden', 'A wishlist is changed by the person whose it is.');
  return person;
}

import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { mayOrder } from './policy.ts';

/** Who buys. */
export function requireBuyer(ctx: Context): Person {
  const person = requirePerson(ctx);
  if (!mayOrder(person)) throw new AppError('forbidden', 'Only the person themself buys in their name.');
  return person;
}

import { type Context, type Person, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { type BoughtItem, findBoughtItem } from '../items/bought-item.ts';
import { mayHandOut } from '../policy.ts';

/** The seats that the acting person bought and may give, held until the transaction ends. In a transaction of the school, with the person who asked. */
export async function holdOwnSeats(ctx: Context, person: Person, itemId: string): Promise<BoughtItem> {
  const item = isId(itemId) ? await findBoughtItem(ctx, itemId) : undefined;
  if (!item || !mayHandOut(person, item) || item.quantity === 1) throw new AppError('not-found', 'There are no such seats of yours.');
  return item;
}

/** The same for giving seats: those of an order that was given back are nobody's to give. */
export async function holdOpenSeats(ctx: Context, person: Person, itemId: string): Promise<BoughtItem> {
  const item = await holdOwnSeats(ctx, person, itemId);
  if (!item.isGood) throw new AppError('conflict', 'These seats were given back, or their payment is disputed.');
  return item;
}

/** Who gives seats: the buyer, and no admin in their name. */
export function requireGiver(ctx: Context): Person {
  const person = requirePerson(ctx);
  if (person.session?.impersonator) throw new AppError('forbidden', 'The seats of a team are given by the person who bought them.');
  return person;
}

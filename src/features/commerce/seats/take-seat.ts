import { type Context, type Person, requirePerson, system } from '#platform/context.ts';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { type BoughtItem, giveItem, holdBoughtItem, ownsAll } from '../items/bought-item.ts';
import { mayTake } from '../policy.ts';
import { addSeat, freeSeats } from './invite-team.ts';
import { holdOpenSeats, requireGiver } from './own-item.ts';
import { keptToken, newSeatToken } from './token.ts';

/** What came of it. `already`: this person sits on a seat of it. `owned`: they have all of it, and the seat stays free. `gone`: the seat is somebody else's, or was taken back. */
export type Seating = { kind: 'taken' | 'already' | 'owned' | 'gone' };

const itemOf = statement<{ orderItemId: string }, [token: string]>(
  'select order_item_id as "orderItemId" from team_seats where token = $1',
);

const hold = statement<{ id: string; number: number; acceptedById: string | null }, [token: string]>(
  `select id, number, accepted_by_id as "acceptedById" from team_seats where token = $1 for update`,
);

const sitsThere = statement<{ id: string }, [itemId: string, person: string]>(
  'select id from team_seats where order_item_id = $1::uuid and accepted_by_id = $2::uuid',
);

const accept = statement<unknown, [id: string, person: string, moment: string]>(
  'update team_seats set accepted_by_id = $2::uuid, accepted_at = $3::timestamptz, updated_at = $3::timestamptz where id = $1::uuid',
);

const acceptNumber = statement<unknown, [itemId: string, number: number, person: string, moment: string]>(
  `update team_seats set accepted_by_id = $3::uuid, accepted_at = $4::timestamptz, updated_at = $4::timestamptz
    where order_item_id = $1::uuid and number = $2`,
);

/** Takes the seat of an invitation for the acting person: its courses open. Pressed twice, it is one seat; of two who try at once, one gets it. */
export async function acceptSeat(ctx: Context, input: { token: string }): Promise<Seating> {
  const person = requirePerson(ctx);
  if (!mayTake(person)) throw new AppError('forbidden', 'A seat is taken by the person who was invited.');
  const school = { ...ctx, actor: system };
  const [found] = await asActor(school, (sql) => sql(itemOf, keptToken(input.token)));
  if (!found) return { kind: 'gone' };
  return inTransaction(school, async (ctx): Promise<Seating> => {
    // The item before the seat, as a refund and an invitation hold them.
    const item = await holdBoughtItem(ctx, found.orderItemId);
    const [seat] = await ctx.db.sql(hold, keptToken(input.token));
    if (seat?.acceptedById === person.id) return { kind: 'already' };
    if (!seat || seat.acceptedById || !item.isGood) return { kind: 'gone' };
    const kept = await whyNot(ctx, item, person);
    if (kept) return { kind: kept };
    await ctx.db.sql(accept, seat.id, person.id, ctx.now.toISOString());
    await giveItem(ctx, item, { userId: person.id, source: 'PURCHASE', number: seat.number });
    return { kind: 'taken' };
  });
}

/** Takes a free seat for the buyer. */
export async function takeOwnSeat(ctx: Context, input: { itemId: string }): Promise<Seating> {
  const person = requireGiver(ctx);
  return inTransaction({ ...ctx, actor: system }, async (ctx): Promise<Seating> => {
    const item = await holdOpenSeats(ctx, person, input.itemId);
    const kept = await whyNot(ctx, item, person);
    if (kept) return { kind: kept };
    const { taken, free } = await freeSeats(ctx, item);
    const email = person.email.toLowerCase();
    const invited = taken.find((seat) => seat.email === email);
    if (invited?.isAccepted)
      throw new AppError('conflict', 'Somebody else has taken the seat that your address was invited to. Take it back first.');
    const number = invited?.number ?? free[0];
    if (number === undefined) throw new AppError('conflict', 'No seat is free. Take one back first.');
    if (!invited) {
      await ctx.db.sql(addSeat, newId(), item.id, number, email, newSeatToken().kept, ctx.now.toISOString());
    }
    await ctx.db.sql(acceptNumber, item.id, number, person.id, ctx.now.toISOString());
    await giveItem(ctx, item, { userId: person.id, source: 'PURCHASE', number });
    return { kind: 'taken' };
  });
}

async function whyNot(ctx: Context, item: BoughtItem, person: Person): Promise<'already' | 'owned' | undefined> {
  if ((await ctx.db.sql(sitsThere, item.id, person.id))[0]) return 'already';
  return (await ownsAll(ctx, item, person.id)) ? 'owned' : undefined;
}

import { revokeAccess } from '#features/learning/index.server.ts';
import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId, type UserId } from '#platform/ids.ts';
import { holdOwnSeats, requireGiver } from './own-item.ts';

const remove = statement<{ acceptedById: UserId | null }, [id: string, itemId: string]>(
  `delete from team_seats where id = $1::uuid and order_item_id = $2::uuid returning accepted_by_id as "acceptedById"`,
);

/** Takes a seat back, whether somebody sits on it or was only invited: it is free again, the link opens nothing, and the access that it gave ends. Done twice, it is done. */
export async function takeSeatBack(ctx: Context, input: { itemId: string; seatId: string }): Promise<void> {
  const person = requireGiver(ctx);
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const item = await holdOwnSeats(ctx, person, input.itemId);
    const [seat] = isId(input.seatId) ? await ctx.db.sql(remove, input.seatId, item.id) : [];
    if (seat?.acceptedById) await revokeAccess(ctx, { orderItemId: item.id, userId: seat.acceptedById, reason: 'the seat was taken back' });
  });
}

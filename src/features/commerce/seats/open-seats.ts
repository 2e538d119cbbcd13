import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { teamReadyMail } from '../emails/team-ready.ts';

interface Told {
  name: string;
  email: string;
  title: string;
  quantity: number;
  orderNumber: string;
}

const buyerOf = statement<Told, [orderItemId: string]>(
  `select u.name, u.email, i.title, i.quantity, o.order_number as "orderNumber"
     from order_items i join orders o on o.id = i.order_id join people_in_full u on u.id = o.user_id where i.id = $1::uuid and u.deleted_at is null`,
);

/**
 * Opens the seats of a team that were bought, in the transaction that settles their order: the buyer hears where to invite the team. Nobody sits on a seat yet, the buyer
 * neither: whoever buys for a team may not be of it, and takes a seat with one press if they are.
 */
export async function openSeats(ctx: Context, { orderItemId }: { orderItemId: string }): Promise<void> {
  const [told] = await ctx.db.sql(buyerOf, orderItemId);
  if (!told) return;
  const { name, email, title, quantity, orderNumber } = told;
  await sendMail(ctx, teamReadyMail, email, {
    name,
    title,
    seats: quantity,
    teamUrl: `${runtime().config.origin}/orders/${orderNumber}/team`,
  });
}

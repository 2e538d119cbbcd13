import { z } from 'zod';
import { type Context, type Person, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sendMail } from '#platform/mail.server.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { teamInvitationMail } from '../emails/team-invitation.ts';
import type { BoughtItem } from '../items/bought-item.ts';
import { holdOpenSeats, requireGiver } from './own-item.ts';
import { newSeatToken } from './token.ts';

/** Seats can be taken back and given anew: enough for a team's beginning, too few to mail the world. */
const limit: RateLimit = { name: 'invite-team', attempts: 60, perSeconds: 3600 };

/** To one address, whoever invites it: a lost mail is sent anew, and nobody's mailbox is filled. */
const limitOfAddress: RateLimit = { name: 'invite-address', attempts: 10, perSeconds: 3600 };

interface Seat {
  id: string;
  number: number;
  email: string;
  isAccepted: boolean;
}

const seatsOf = statement<Seat, [itemId: string]>(
  `select id, number, email, accepted_at is not null as "isAccepted" from team_seats where order_item_id = $1::uuid order by number`,
);

export const addSeat = statement<unknown, [id: string, itemId: string, number: number, email: string, token: string, moment: string]>(
  `insert into team_seats (id, order_item_id, number, email, token, created_at, updated_at)
   values ($1, $2::uuid, $3, $4, $5, $6::timestamptz, $6::timestamptz)`,
);

const renewToken = statement<unknown, [id: string, token: string, moment: string]>(
  'update team_seats set token = $2, updated_at = $3::timestamptz where id = $1::uuid',
);

/** The numbers of the seats that nobody has. */
export async function freeSeats(ctx: Context, item: BoughtItem): Promise<{ taken: Seat[]; free: number[] }> {
  const taken = await ctx.db.sql(seatsOf, item.id);
  const numbers = new Set(taken.map(({ number }) => number));
  return { taken, free: Array.from({ length: item.quantity }, (_, index) => index + 1).filter((number) => !numbers.has(number)) };
}

/**
 * Invites people to the seats of a team by their addresses, however they are set apart. Who was invited before and has not come is mailed a new link. There are never more
 * invitations than seats: two who invite at once wait for each other.
 */
export async function inviteTeam(ctx: Context, input: { itemId: string; emails: string }): Promise<{ invited: number; again: number }> {
  const person = requireGiver(ctx);
  const emails = addressesOf(input.emails);
  await runtime().rateLimiter.attempt(limit, person.id);
  for (const email of emails) await runtime().rateLimiter.attempt(limitOfAddress, email);
  return inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const item = await holdOpenSeats(ctx, person, input.itemId);
    const { taken, free } = await freeSeats(ctx, item);
    const known = emails.flatMap((email) => taken.find((seat) => seat.email === email) ?? []);
    const fresh = emails.filter((email) => !taken.some((seat) => seat.email === email));
    if (fresh.length > free.length)
      throw refusal(`${fresh.length} addresses, and ${seatsInWords(free.length)} free. Take one back, or invite fewer.`);
    for (const [index, email] of fresh.entries()) await invite(ctx, { person, item, email, number: free[index]! });
    const again = known.filter(({ isAccepted }) => !isAccepted);
    for (const seat of again) {
      const { token, kept } = newSeatToken();
      await ctx.db.sql(renewToken, seat.id, kept, ctx.now.toISOString());
      await mail(ctx, { person, item, email: seat.email, token });
    }
    return { invited: fresh.length, again: again.length };
  });
}

interface Invitation {
  person: Person;
  item: BoughtItem;
  email: string;
}

async function invite(ctx: Context, { number, ...invitation }: Invitation & { number: number }): Promise<void> {
  const { token, kept } = newSeatToken();
  await ctx.db.sql(addSeat, newId(), invitation.item.id, number, invitation.email, kept, ctx.now.toISOString());
  await mail(ctx, { ...invitation, token });
}

async function mail(ctx: Context, { person, item, email, token }: Invitation & { token: string }): Promise<void> {
  await sendMail(ctx, teamInvitationMail, email, {
    from: person.name,
    title: item.title,
    seatUrl: `${runtime().config.origin}/seats/${token}`,
  });
}

const mostAtOnce = 200;

function addressesOf(typed: string): string[] {
  const words = [
    ...new Set(
      typed
        .toLowerCase()
        .split(/[\s,;<>]+/)
        .filter((word) => word.includes('@')),
    ),
  ];
  if (words.length === 0) throw refusal('Write the addresses of those whom you invite.');
  if (words.length > mostAtOnce) throw refusal(`At most ${mostAtOnce} at once.`);
  const wrong = words.filter((word) => !z.email().safeParse(word).success);
  if (wrong.length > 0) throw refusal(`This is no e-mail address: ${wrong.slice(0, 3).join(', ')}`);
  return words;
}

function refusal(words: string): AppError {
  return new AppError('invalid', words, { fields: { emails: words } });
}

function seatsInWords(count: number): string {
  if (count === 0) return 'no seat is';
  return count === 1 ? 'one seat is' : `${count} seats are`;
}

import { z } from 'zod';
import { type Context, type Person, requirePerson, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { holdsAddress } from '#platform/mail-layout.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { fromWallClock, localDate } from '#platform/time.ts';
import { holdBoughtItem } from '../items/bought-item.ts';
import { mayHandOut } from '../policy.ts';
import { deliverGiftJob } from './deliver-gift.ts';

const fields = z.object({
  recipientName: z.string().trim().max(120, 'At most 120 characters.'),
  recipientEmail: z.union([z.literal(''), z.email('Write an e-mail address, or nothing to send the code yourself.')]),
  message: z
    .string()
    .trim()
    .max(1000, 'At most 1000 characters.')
    .refine((words) => !holdsAddress(words), 'Leave addresses of the web and of mailboxes out, and a space after each full stop.'),
  deliverOn: z.union([z.literal(''), z.iso.date('Choose a day.')]),
});

/** What the buyer of a gift says about it. */
export type GiftAddress = z.input<typeof fields>;

/** Of one person: a gift may be sent anew to another address, and is no way to mail the world. */
const limit: RateLimit = { name: 'address-gift', attempts: 60, perSeconds: 3600 };

const itemOf = statement<{ orderItemId: string }, [giftId: string]>('select order_item_id as "orderItemId" from gifts where id = $1::uuid');

interface Held {
  recipientEmail: string | null;
  deliverAt: Date | null;
  isOver: boolean;
}
const hold = statement<Held, [giftId: string]>(
  `select recipient_email as "recipientEmail", deliver_at as "deliverAt", redeemed_at is not null or revoked_at is not null as "isOver" from gifts
    where id = $1::uuid for update`,
);

type Values = [
  giftId: string,
  name: string,
  email: string | null,
  message: string,
  deliverAt: string | null,
  isNewWay: boolean,
  moment: string,
];

const address = statement<unknown, Values>(
  `update gifts set recipient_name = $2, recipient_email = $3, message = $4, deliver_at = $5::timestamptz,
          sent_at = case when $6 then null else sent_at end, updated_at = $7::timestamptz
    where id = $1::uuid`,
);

const morning = '09:00';
const latestDays = 730;

/**
 * Says who a gift is for, what is written in it, and on which day its mail goes out: in the morning of that day, on the buyer's own clock; at once without a day. Until it is
 * redeemed, it can be said anew, and another address is mailed then.
 */
export async function addressGift(ctx: Context, { giftId, ...input }: { giftId: string } & GiftAddress): Promise<void> {
  const person = requirePerson(ctx);
  const values = parseInput(fields, { ...input, recipientEmail: input.recipientEmail.trim().toLowerCase() });
  if (values.recipientEmail) await runtime().rateLimiter.attempt(limit, person.id);
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const [gift] = isId(giftId) ? await ctx.db.sql(itemOf, giftId) : [];
    const item = gift && (await holdBoughtItem(ctx, gift.orderItemId));
    if (!item || !mayHandOut(person, item)) throw new AppError('not-found', 'There is no such gift of yours.');
    const [held] = await ctx.db.sql(hold, giftId);
    if (!held || held.isOver || !item.isGood)
      throw new AppError('conflict', 'This gift was redeemed or given back: nothing of it can be changed.');
    const email = values.recipientEmail || null;
    const deliverAt = email && values.deliverOn ? momentOf(ctx, person, values.deliverOn) : null;
    const isNewWay = email !== held.recipientEmail || deliverAt?.getTime() !== held.deliverAt?.getTime();
    const moment = ctx.now.toISOString();
    await ctx.db.sql(address, giftId, values.recipientName, email, values.message, deliverAt?.toISOString() ?? null, isNewWay, moment);
    if (email && isNewWay)
      await enqueue(ctx, deliverGiftJob, { giftId }, { key: `gift-${giftId}`, ...(deliverAt && { runAt: deliverAt }) });
  });
}

/** The morning of a day that is still to come; null for today, which is at once. */
function momentOf(ctx: Context, { timeZone }: Person, day: string): Date | null {
  const today = localDate(ctx.now, timeZone);
  const refuse = (words: string) => new AppError('invalid', words, { fields: { deliverOn: words } });
  if (day < today) throw refuse('This day has passed.');
  if (day === today) return null;
  const moment = fromWallClock(`${day}T${morning}`, timeZone);
  if (!moment || moment.getTime() - ctx.now.getTime() > latestDays * 86_400_000) throw refuse('Choose a day within the next two years.');
  return moment;
}

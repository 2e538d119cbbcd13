import { z } from 'zod';
import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { defineJob } from '#platform/jobs.server.ts';
import { sendMail } from '#platform/mail.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { giftMail } from '../emails/gift.ts';
import { isGood } from '../items/bought-item.ts';

interface Due {
  code: string;
  recipientName: string;
  recipientEmail: string;
  message: string;
  title: string;
  from: string;
}

const due = statement<Due, [giftId: string, moment: string]>(
  `select g.code, g.recipient_name as "recipientName", g.recipient_email as "recipientEmail", g.message, i.title, u.name as "from"
     from gifts g join order_items i on i.id = g.order_item_id join orders o on o.id = i.order_id join people u on u.id = o.user_id
    where g.id = $1::uuid and g.sent_at is null and g.recipient_email is not null and g.redeemed_at is null and g.revoked_at is null
      and (g.deliver_at is null or g.deliver_at <= $2::timestamptz) and ${isGood} for update of g`,
);

const markSent = statement<unknown, [giftId: string, moment: string]>(
  'update gifts set sent_at = $2::timestamptz, updated_at = $2::timestamptz where id = $1::uuid',
);

/** Mails a gift to whom it is for, once for each address; one that was redeemed or given back meanwhile stays unsent. */
export async function deliverGift(ctx: Context, { giftId }: { giftId: string }): Promise<void> {
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const [gift] = await ctx.db.sql(due, giftId, ctx.now.toISOString());
    if (!gift) return;
    const { code, recipientName, recipientEmail, message, title, from } = gift;
    await ctx.db.sql(markSent, giftId, ctx.now.toISOString());
    await sendMail(ctx, giftMail, recipientEmail, {
      recipientName: recipientName || null,
      from,
      title,
      message: message || null,
      code,
      giftUrl: `${runtime().config.origin}/gifts/${code}`,
    });
  });
}

const schema = z.object({ giftId: z.uuid() });

/** Runs on the day that the buyer chose. */
export const deliverGiftJob = defineJob<z.infer<typeof schema>>({ name: 'commerce.deliverGift', schema, handler: deliverGift });

import { audit } from '#features/accounts/index.server.ts';
import { type Context, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { sendReceipt } from './send-receipt.ts';
import { requireShopKeeper } from './shop-keeper.ts';

const settled = statement<{ id: string }, [number: string]>('select id from orders where order_number = $1 and completed_at is not null');

/** Mails a buyer the receipt of their order once more. */
export async function resendReceipt(ctx: Context, input: { number: string }): Promise<void> {
  requireShopKeeper(ctx);
  const { actor } = ctx;
  await inTransaction({ ...ctx, actor: system }, async (ctx) => {
    const [order] = await ctx.db.sql(settled, input.number);
    if (!order) throw new AppError('not-found', 'There is no paid order of this number.');
    await sendReceipt(ctx, { orderId: order.id });
    await audit(
      { ...ctx, actor },
      { action: 'commerce.receiptResent', subjectType: 'order', subjectId: input.number, after: { order: input.number } },
    );
  });
}

import { type Context, requirePerson, system } from '#platform/context.ts';
import { asActor, inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { giveItem, holdBoughtItem, ownsAll } from '../items/bought-item.ts';
import { mayTake } from '../policy.ts';
import { giftCode } from './code.ts';
import { countingWrongGiftCodes } from './limits.ts';

/** What came of it. `already`: this person had redeemed it. `taken`: somebody else had. `owned`: they have all of it, and the gift stays good. `revoked`: it was given back. */
export type Redeeming = { kind: 'redeemed' | 'already' | 'taken' | 'owned' | 'revoked' };

const itemOf = statement<{ orderItemId: string }, [code: string]>('select order_item_id as "orderItemId" from gifts where code = $1');

const hold = statement<{ id: string; redeemedById: string | null; isRevoked: boolean }, [code: string]>(
  `select id, redeemed_by_id as "redeemedById", revoked_at is not null as "isRevoked" from gifts where code = $1 for update`,
);

const redeem = statement<unknown, [id: string, person: string, moment: string]>(
  'update gifts set redeemed_by_id = $2::uuid, redeemed_at = $3::timestamptz, updated_at = $3::timestamptz where id = $1::uuid',
);

/** Redeems a gift for the acting person: its courses open from now on. Of two who try at once, one gets it. */
export async function redeemGift(ctx: Context, input: { code: string }): Promise<Redeeming> {
  const person = requirePerson(ctx);
  if (!mayTake(person)) throw new AppError('forbidden', 'A gift is redeemed by the person who gets it.');
  const code = giftCode(input.code);
  const school = { ...ctx, actor: system };
  const found = await countingWrongGiftCodes(ctx, async () => (code ? (await asActor(school, (sql) => sql(itemOf, code)))[0] : undefined));
  if (!code || !found) throw new AppError('not-found', 'There is no such gift.');
  return inTransaction(school, async (ctx): Promise<Redeeming> => {
    // The item before the gift, as a refund holds them.
    const item = await holdBoughtItem(ctx, found.orderItemId);
    const [gift] = await ctx.db.sql(hold, code);
    if (!gift || gift.isRevoked || !item.isGood) return { kind: 'revoked' };
    if (gift.redeemedById) return { kind: gift.redeemedById === person.id ? 'already' : 'taken' };
    if (await ownsAll(ctx, item, person.id)) return { kind: 'owned' };
    await ctx.db.sql(redeem, gift.id, person.id, ctx.now.toISOString());
    await giveItem(ctx, item, { userId: person.id, source: 'GIFT', number: 1 });
    return { kind: 'redeemed' };
  });
}

import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { isGood } from '../items/bought-item.ts';
import { type GiftRow, type GiftView, giftColumns, giftView } from './gift-view.ts';

/** A part of the gifts that somebody bought, newest first. */
export interface GiftsPage {
  gifts: GiftView[];
  isFirstPage: boolean;
  /** Where the next page begins. */
  next: string | null;
}

const perPage = 10;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Ids are UUIDv7: their order is the order of time. One more than a page shows says whether there is a next one.
const boughtBefore = statement<GiftRow, [person: string, before: string]>(
  `select ${giftColumns}, g.revoked_at is null and ${isGood} as "isOpen"
     from gifts g join order_items i on i.id = g.order_item_id join orders o on o.id = i.order_id
    where o.user_id = $1::uuid and g.id < $2::uuid order by g.id desc limit ${perPage + 1}`,
);

/** The gifts that the acting person bought; null for a guest. One query. */
export async function giftsPage(ctx: Context, input: { before?: string | null }): Promise<GiftsPage | null> {
  const { actor } = ctx;
  if (actor.kind !== 'person') return null;
  const before = input.before && isId(input.before) ? input.before : null;
  const rows = await asActor(ctx, (sql) => sql(boughtBefore, actor.id, before ?? lastId));
  const shown = rows.slice(0, perPage);
  return {
    gifts: shown.map((row) => giftView(row, actor)),
    isFirstPage: before === null,
    next: rows.length > perPage ? (shown.at(-1)?.id ?? null) : null,
  };
}

import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { wantedLines } from '../cart/wanted-lines.ts';
import type { PricedLine, WantedItem } from '../products/priced-lines.ts';
import { type ShopSettings, shopSettingsOfSchool } from '../settings/shop-settings.ts';
import type { Billing } from './billing.ts';

/** What somebody comes to the checkout with. */
export interface CheckoutRequest {
  /** What the browser's cookie names. */
  guestProductIds: readonly string[];
  /** Chosen by the buyer. */
  currency: string | null;
  /** One thing that is bought by itself, past the cart. */
  only: WantedItem | null;
}

/** What is about to be bought, and by which settings. */
export interface CheckoutRead {
  settings: ShopSettings;
  /** As of the buyer's last order. */
  lastBilling: Partial<Billing> | null;
  currency: string;
  items: WantedItem[];
  lines: PricedLine[];
}

interface Kept extends ShopSettings {
  items: WantedItem[];
  lastBilling: Partial<Billing> | null;
}

const keptFor = statement<Kept, [person: string]>(`
  select settings.*,
         coalesce((select json_agg(json_build_object('productId', i.product_id, 'quantity', i.quantity, 'isGift', i.is_gift) order by i.id)
                     from cart_items i where i.user_id = $1::uuid), '[]') as items,
         (select coalesce(o.billing_address, '{}') || jsonb_build_object('name', coalesce(o.billing_name, ''), 'country', coalesce(o.billing_country, ''),
                                                                         'taxId', coalesce(o.billing_tax_id, ''))
            from orders o where o.user_id = $1::uuid order by o.created_at desc, o.id desc limit 1) as "lastBilling"
    from (${shopSettingsOfSchool.text}) settings`);

/** Reads what the acting person is about to buy, priced now. Two queries, however much it is. */
export async function readCheckout(ctx: Context, person: { id: string }, request: CheckoutRequest): Promise<CheckoutRead> {
  return asActor(ctx, async (run) => {
    const [kept] = await run(keptFor, person.id);
    if (!kept) throw new Error('The row of the shop’s settings is missing: the migration that makes it has not run.');
    const { items: inCart, lastBilling, ...settings } = kept;
    const wanted = await wantedLines(run, {
      items: request.only ? [request.only] : inCart,
      guestProductIds: request.only ? [] : request.guestProductIds,
      chosen: request.currency,
      own: settings.currency,
      buyerId: person.id,
      now: ctx.now,
    });
    return { settings, lastBilling, currency: wanted.currency, items: wanted.items, lines: wanted.lines };
  });
}

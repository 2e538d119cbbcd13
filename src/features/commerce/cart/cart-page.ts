import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { type RunStatement, statement } from '#platform/database/statement.ts';
import { formatMoney } from '#platform/money.ts';
import { mayFillCart } from '../policy.ts';
import { quoteOrder } from '../pricing/quote.ts';
import type { WantedItem } from '../products/priced-lines.ts';
import { type CartCoupon, couponOfCart, judgeForCart } from './cart-coupon.ts';
import { type CartLine, cartLine } from './cart-line.ts';
import { type WantedLines, wantedLines } from './wanted-lines.ts';

/** A cart as its page shows it. */
export interface CartPage {
  lines: CartLine[];
  /** What was taken out just now, to be put back. */
  removed: { productId: string; title: string; quantity: number; isGift: boolean } | null;
  currency: string;
  /** In which the whole cart can be paid, and the one that was chosen; the school's own first. */
  currencies: string[];
  /** The code that was typed, and what it means for this cart. */
  coupon: CartCoupon | null;
  /** `lowered` by prices of these days, `discount` by the coupon; null where there is none. */
  sums: { before: string; lowered: string | null; discount: string | null; total: string };
  taxIncluded: boolean;
  /** Whether all of it can be bought as it is. */
  mayCheckOut: boolean;
  /** Whether whoever looks may say how many seats, and for whom: a guest's browser only knows what. */
  saysHow: boolean;
}

export interface CartRequest {
  /** What the browser's cookie names. */
  guestProductIds: readonly string[];
  /** Chosen by the buyer; what is no currency counts as nothing chosen. */
  currency: string | null;
  couponCode?: string | null;
  /** What was taken out just now. */
  removed?: WantedItem | null;
}

interface Kept {
  currency: string;
  pricesIncludeTax: boolean;
  items: WantedItem[];
}

const keptBy = statement<Kept, [person: string | null]>(`
  select s.currency, s.prices_include_tax as "pricesIncludeTax",
         coalesce((select json_agg(json_build_object('productId', i.product_id, 'quantity', i.quantity, 'isGift', i.is_gift) order by i.id)
                     from cart_items i where i.user_id = $1::uuid), '[]') as items
    from shop_settings s where s.id = '00000000-0000-0000-0000-000000000001'`);

/** What lies in the cart of whoever looks: the person's own and what their browser brought along, priced now. Two queries, however much it is, and one for a coupon. */
export async function cartPage(ctx: Context, input: CartRequest): Promise<CartPage> {
  return asActor(ctx, async (run) => {
    const buyerId = ctx.actor.kind === 'person' ? ctx.actor.id : null;
    const [read, found] = await Promise.all([readCart(ctx, run, input), couponOfCart(ctx, input.couponCode ?? null, buyerId)]);
    const { lines, currency, currencies, pricesIncludeTax } = read;
    const locale = localeOf(ctx);
    const words = (minor: number) => formatMoney({ minor, currency }, locale);
    const priced = lines.filter(({ problem }) => problem === null);
    const { coupon, worth, covered } = judgeForCart(ctx, found, priced, currency);
    const quote = quoteOrder({
      lines: priced.map(({ productId, listPrice, price }) => ({
        listPrice,
        price,
        isCovered: covered.includes(productId),
        taxRateBasisPoints: 0,
      })),
      coupon: worth,
      taxIncluded: pricesIncludeTax,
    });
    return {
      lines: lines.map((line) => cartLine(line, locale)),
      removed: removedOf(read, input),
      currency,
      currencies,
      sums: {
        before: words(quote.originalAmount),
        lowered: quote.originalAmount > quote.subtotal ? words(quote.originalAmount - quote.subtotal) : null,
        discount: quote.discount > 0 ? words(quote.discount) : null,
        total: words(quote.total),
      },
      coupon,
      taxIncluded: pricesIncludeTax,
      mayCheckOut: lines.length > 0 && priced.length === lines.length,
      saysHow: mayFillCart(ctx.actor),
    };
  });
}

interface ReadCart extends WantedLines {
  pricesIncludeTax: boolean;
}

async function readCart(ctx: Context, run: RunStatement, input: CartRequest): Promise<ReadCart> {
  const buyerId = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  const [kept] = await run(keptBy, buyerId);
  if (!kept) throw new Error('The row of the shop’s settings is missing: the migration that makes it has not run.');
  const { items, currency: own, pricesIncludeTax } = kept;
  const { guestProductIds, removed, currency: chosen } = input;
  const wanted = await wantedLines(run, { items, guestProductIds, besides: removed?.productId, chosen, own, buyerId, now: ctx.now });
  return { ...wanted, pricesIncludeTax };
}

function removedOf({ items, titles }: ReadCart, { removed }: CartRequest): CartPage['removed'] {
  const title = removed && titles.get(removed.productId);
  if (!removed || !title || items.some(({ productId }) => productId === removed.productId)) return null;
  return { productId: removed.productId, title, quantity: removed.quantity, isGift: removed.isGift };
}

function localeOf({ actor }: Context): string {
  return actor.kind === 'person' ? actor.locale : 'en';
}

import { type CoverPicture, type CoverRow, coverPicture, priceNow, schoolCurrency } from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { isId } from '#platform/ids.ts';
import { isSold, type KeptPrice, keptPrices, productCover } from './product-rows.ts';

/** A part of the bundles and memberships that are sold, the newest first. */
export interface ProductsPage {
  products: ProductCard[];
  isFirstPage: boolean;
  /** Where the next page begins. */
  next: string | null;
}

/** A bundle or membership as a card shows it. */
export interface ProductCard {
  slug: string;
  title: string;
  type: 'BUNDLE' | 'MEMBERSHIP';
  courseCount: number;
  by: string;
  cover: CoverPicture | null;
  /** "$39.00", "from $12.00 a month". */
  price: string;
}

interface Row extends Omit<ProductCard, 'cover' | 'price'> {
  id: string;
  cover: CoverRow | null;
  prices: KeptPrice[];
  currency: string;
}

const perPage = 24;
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// Ids are UUIDv7: their order is the order of time. One more than a page shows says whether there is a next one.
const soldBefore = statement<Row, [before: string]>(`
  select p.id, p.slug, p.name as title, p.type, u.name as by, ${productCover} as cover, ${keptPrices} as prices, ${schoolCurrency} as currency,
         (select count(*)::int from product_courses i join courses k on k.id = i.course_id and k.status = 'PUBLISHED' where i.product_id = p.id) as "courseCount"
    from products p join people u on u.id = p.owner_id
   where p.type in ('BUNDLE', 'MEMBERSHIP') and p.status = 'PUBLIC' and p.id < $1::uuid
     and ${isSold} and exists (select from prices r where r.product_id = p.id)
   order by p.id desc limit ${perPage + 1}`);

const soldPaths = statement<{ path: string; changedAt: Date }>(`
  select '/products/' || p.slug as path, p.updated_at as "changedAt" from products p
   where p.type in ('BUNDLE', 'MEMBERSHIP') and p.status = 'PUBLIC' and ${isSold} and exists (select from prices r where r.product_id = p.id)
   order by p.id desc limit 899`);

/** The pages of what is sold besides courses, for who reads all pages of the school: the list of them, then each, the newest first. One query. */
export async function soldPages(ctx: Context): Promise<{ path: string; changedAt?: Date }[]> {
  return [{ path: '/products' }, ...(await ctx.db.sql(soldPaths))];
}

/** The bundles and memberships of the school, for everybody. One query. */
export async function productsPage(ctx: Context, input: { before?: string | null }): Promise<ProductsPage> {
  const before = input.before && isId(input.before) ? input.before : null;
  const rows = await ctx.db.sql(soldBefore, before ?? lastId);
  const shown = rows.slice(0, perPage);
  return {
    products: shown.map((row) => cardOf(ctx, row)),
    isFirstPage: before === null,
    next: rows.length > perPage ? (shown.at(-1)?.id ?? null) : null,
  };
}

function cardOf(ctx: Context, { prices, currency, cover, slug, title, type, courseCount, by }: Row): ProductCard {
  const monthly = prices.filter(({ interval }) => interval === 'MONTH');
  const price = priceNow(monthly.length > 0 ? monthly : prices, currency, ctx);
  const words = price?.now ?? '';
  const each = type === 'BUNDLE' ? words : `${words} a ${monthly.length > 0 ? 'month' : 'year'}`;
  return { slug, title, type, courseCount, by, cover: coverPicture(cover), price: each };
}

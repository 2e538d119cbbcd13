import { amountNow, coverPicture } from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { largestMinor } from '#platform/money.ts';
import { type BillingInterval, type KeptPrice, type ProductRow, type ProductType, productRows } from './product-rows.ts';

/** Something that somebody means to buy. */
export interface WantedItem {
  productId: string;
  /** Seats of a team; one for oneself. */
  quantity: number;
  isGift: boolean;
  /** Of a membership. */
  interval?: BillingInterval;
}

/**
 * Why something cannot be bought as it is wanted. `owned`: the buyer has all of it, and it is neither a gift nor for a team. `not-for-others`: a membership as a gift or for a
 * team, since it is paid again and again by the one who has it.
 */
export type LineProblem = 'not-sold' | 'no-price' | 'owned' | 'not-for-others';

/** A product at the price of a moment. Amounts are minor units of `currency`, of all seats. */
export interface PricedLine {
  productId: string;
  type: ProductType;
  title: string;
  /** Of the course, for a course. */
  slug: string;
  ownerId: string;
  imageUrl: string | null;
  category: string | null;
  /** What the buyer gets; `listPrice` is what the course costs alone without any discount, 0 where it is not sold alone in this currency. */
  courses: { id: string; slug: string; title: string; ownerId: string; listPrice: number }[];
  currency: string;
  /** Before the discount of a price's window, and after it. */
  listPrice: number;
  price: number;
  quantity: number;
  isGift: boolean;
  accessDays: number | null;
  interval: BillingInterval | null;
  trialDays: number | null;
  ownedCourseIds: string[];
  problem: LineProblem | null;
}

/** What each item costs at `ctx.now`, in the order of the items; a product that is gone has no line. The acting person is the buyer, or the school. One query. */
export async function pricedLines(
  ctx: Context,
  input: { items: readonly WantedItem[]; currency: string; buyerId: string | null },
): Promise<PricedLine[]> {
  if (input.items.length === 0) return [];
  const ids = input.items.map(({ productId }) => productId);
  const rows = await asActor(ctx, (run) => productRows(run, { ids, buyerId: input.buyerId, now: ctx.now }));
  return linesOf(rows, input.items, input.currency, ctx.now);
}

/** The lines of items whose products were read. */
export function linesOf(rows: readonly ProductRow[], items: readonly WantedItem[], currency: string, now: Date): PricedLine[] {
  return items.flatMap((item) => {
    const row = rows.find(({ productId }) => productId === item.productId);
    return row ? [lineOf(row, item, currency, now)] : [];
  });
}

/** The price of a product in a currency, for the interval that is wanted; a membership is asked for by the month unless it only has years. */
function priceOf(row: Pick<ProductRow, 'prices' | 'type'>, currency: string, interval: BillingInterval | undefined): KeptPrice | undefined {
  const prices = row.prices.filter((price) => price.currency === currency);
  if (row.type !== 'MEMBERSHIP') return prices.find((price) => price.interval === null);
  if (interval) return prices.find((price) => price.interval === interval);
  return prices.find((price) => price.interval === 'MONTH') ?? prices.find((price) => price.interval === 'YEAR');
}

/** Whether the buyer has all of it: every course, or the membership. */
export function ownsAll({ type, isMember, courses }: ProductRow): boolean {
  return type === 'MEMBERSHIP' ? isMember : courses.length > 0 && courses.every(({ isOwned }) => isOwned);
}

function lineOf(row: ProductRow, item: WantedItem, currency: string, now: Date): PricedLine {
  const price = priceOf(row, currency, item.interval);
  const listPrice = (price?.amount ?? 0) * item.quantity;
  const owned = row.courses.filter(({ isOwned }) => isOwned).map(({ id }) => id);
  return {
    productId: row.productId,
    type: row.type,
    title: row.title,
    slug: row.slug,
    ownerId: row.ownerId,
    imageUrl: coverPicture(row.cover)?.src ?? null,
    category: row.category,
    courses: row.courses.map(({ id, slug, title, ownerId, prices }) => ({
      id,
      slug,
      title,
      ownerId,
      listPrice: prices.find((own) => own.currency === currency)?.amount ?? 0,
    })),
    currency,
    listPrice,
    price: price ? amountNow(price, now) * item.quantity : 0,
    quantity: item.quantity,
    isGift: item.isGift,
    accessDays: price?.accessDays ?? null,
    interval: price?.interval ?? null,
    trialDays: row.wasMember ? null : (price?.trialDays ?? null),
    ownedCourseIds: owned,
    problem: problemOf(row, item, price),
  };
}

function problemOf(row: ProductRow, item: WantedItem, price: KeptPrice | undefined): LineProblem | null {
  const isForOthers = item.isGift || item.quantity > 1;
  if (!row.isSold) return 'not-sold';
  if (isForOthers && row.type === 'MEMBERSHIP') return 'not-for-others';
  if (!price || price.amount * item.quantity > largestMinor) return 'no-price';
  return ownsAll(row) && !isForOthers ? 'owned' : null;
}

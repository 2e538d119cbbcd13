import type { Context } from '#platform/context.ts';
import { formatMoney, minorDigits } from '#platform/money.ts';

/** What a course costs, as its page says it. */
export interface CoursePrice {
  /** What is asked for now, in words: "$39.00". */
  now: string;
  /** What it costs without the discount of these days; null where there is none. */
  before: string | null;
  /** The same for programs: a decimal number and a currency. */
  amount: string;
  currency: string;
  /** In other currencies, in words. */
  elsewhere: string[];
  /** How long access lasts after buying; null is for good. */
  accessDays: number | null;
}

/** What `pricesColumn` gives. */
export interface PriceRow {
  currency: string;
  amount: number;
  discountAmount: number | null;
  discountStartsAt: string | null;
  discountEndsAt: string | null;
  accessDays: number | null;
}

/** The SQL condition that a course is sold: it is offered, and not for nothing. */
export const liveOffer = (course: string) => `${course}.status = 'PUBLISHED' and not ${course}.is_free`;

/** The SQL of the school's own currency. */
export const schoolCurrency = "(select s.currency from shop_settings s where s.id = '00000000-0000-0000-0000-000000000001')";

/** The SQL column of the prices of the course `c`. */
export const pricesColumn = `
  coalesce((select json_agg(json_build_object('currency', r.currency, 'amount', r.amount, 'discountAmount', r.discount_amount,
              'discountStartsAt', r.discount_starts_at, 'discountEndsAt', r.discount_ends_at, 'accessDays', r.access_days) order by r.currency)
              from products o join prices r on r.product_id = o.id where o.course_id = c.id), '[]')`;

/** The price at the moment of the request, in the viewer's own way of writing. */
export function priceNow(prices: readonly PriceRow[], currency: string, ctx: Context): CoursePrice | null {
  const main = prices.find((price) => price.currency === currency) ?? prices[0];
  if (!main) return null;
  const locale = ctx.actor.kind === 'person' ? ctx.actor.locale : 'en';
  const words = (minor: number, of: PriceRow) => formatMoney({ minor, currency: of.currency }, locale);
  const amount = amountNow(main, ctx.now);
  return {
    now: words(amount, main),
    before: amount < main.amount ? words(main.amount, main) : null,
    amount: (amount / 10 ** minorDigits(main.currency)).toFixed(minorDigits(main.currency)),
    currency: main.currency,
    elsewhere: prices.filter((price) => price !== main).map((price) => words(amountNow(price, ctx.now), price)),
    accessDays: main.accessDays,
  };
}

/** What a price asks for at a moment: within a discount's window, which begins at its first moment and is over at its last, the discount's amount. */
export function amountNow({ amount, discountAmount, discountStartsAt, discountEndsAt }: Omit<PriceRow, 'accessDays'>, now: Date): number {
  const hasBegun = discountStartsAt === null || new Date(discountStartsAt) <= now;
  const isOver = discountEndsAt !== null && new Date(discountEndsAt) <= now;
  return discountAmount !== null && hasBegun && !isOver ? discountAmount : amount;
}

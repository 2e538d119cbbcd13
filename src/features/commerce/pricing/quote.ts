import { applyRate, rateWithin, splitMoney } from '#platform/money.ts';

/** What a quote is made of: a line of an order, amounts of all its seats before and after the price's own discount window. */
export interface QuotedItem {
  listPrice: number;
  price: number;
  /** Whether the coupon covers it. */
  isCovered: boolean;
  taxRateBasisPoints: number;
}

/** What a coupon takes off: `value` is percent, or minor units of the order's currency. */
export interface CouponWorth {
  type: 'PERCENTAGE' | 'FIXED_AMOUNT';
  value: number;
  maxDiscount: number | null;
}

export interface QuoteInput {
  lines: readonly QuotedItem[];
  coupon: CouponWorth | null;
  /** Whether the prices already hold the tax. */
  taxIncluded: boolean;
}

/** What a line costs: `total` is what the buyer pays for it. */
export interface QuotedLine {
  price: number;
  discount: number;
  tax: number;
  total: number;
}

/** What an order costs, in integer minor units of its one currency. The lines add up to it exactly. */
export interface Quote {
  originalAmount: number;
  subtotal: number;
  discount: number;
  tax: number;
  total: number;
  lines: QuotedLine[];
}

/**
 * What an order costs. The coupon is rounded once, on everything it covers, and then spread; tax is rounded once for each rate, on what is left to pay at that rate, and
 * then spread: so an invoice that says the sum at a rate says its tax too, and no cent is lost between lines.
 */
export function quoteOrder({ lines, coupon, taxIncluded }: QuoteInput): Quote {
  const discounts = discountsOf(lines, coupon);
  const paid = lines.map(({ price }, index) => price - (discounts[index] ?? 0));
  const taxes = taxesOf(lines, paid, taxIncluded);
  const quoted = lines.map(({ price }, index) => {
    const [discount, tax] = [discounts[index] ?? 0, taxes[index] ?? 0];
    return { price, discount, tax, total: price - discount + (taxIncluded ? 0 : tax) };
  });
  return {
    originalAmount: sum(lines.map(({ listPrice }) => listPrice)),
    subtotal: sum(lines.map(({ price }) => price)),
    discount: sum(discounts),
    tax: sum(taxes),
    total: sum(quoted.map(({ total }) => total)),
    lines: quoted,
  };
}

function discountsOf(lines: readonly QuotedItem[], coupon: CouponWorth | null): number[] {
  const covered = lines.map(({ isCovered, price }) => (isCovered ? price : 0));
  if (!coupon) return covered.map(() => 0);
  const wanted = coupon.type === 'PERCENTAGE' ? applyRate(sum(covered), coupon.value * 100) : coupon.value;
  return splitMoney(Math.min(wanted, coupon.maxDiscount ?? wanted, sum(covered)), covered);
}

function taxesOf(lines: readonly QuotedItem[], paid: readonly number[], taxIncluded: boolean): number[] {
  const taxes = lines.map(() => 0);
  for (const rate of new Set(lines.map(({ taxRateBasisPoints }) => taxRateBasisPoints))) {
    const atRate = lines.map(({ taxRateBasisPoints }, index) => (taxRateBasisPoints === rate ? (paid[index] ?? 0) : 0));
    const tax = taxIncluded ? rateWithin(sum(atRate), rate) : applyRate(sum(atRate), rate);
    for (const [index, part] of splitMoney(tax, atRate).entries()) taxes[index] = (taxes[index] ?? 0) + part;
  }
  return taxes;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}

import type { PricedLine } from '../products/priced-lines.ts';
import type { TaxJudgment } from '../tax/tax-rules.ts';
import type { Reckoning } from './reckoning.ts';

/** One thing that is about to be bought, in words. */
export interface CheckoutLine {
  productId: string;
  title: string;
  imageUrl: string | null;
  type: PricedLine['type'];
  /** "Gift", "5 seats", "each month". */
  remark: string | null;
  before: string | null;
  price: string;
  /** Why it cannot be bought as it is. */
  problem: string | null;
}

/** What it comes to, in words. */
export interface CheckoutSums {
  subtotal: string;
  discount: string | null;
  /** The tax with its name; `isIncluded`: the prices hold it. */
  tax: { name: string; amount: string; isIncluded: boolean } | null;
  reverseCharge: boolean;
  total: string;
  /** As the order is asked for. */
  totalMinor: number;
  /** What a membership takes each time, as the order is asked for; null of everything else. */
  recurringMinor: number | null;
  /** Of a membership: what is taken each time, and what comes first. */
  recurring: string | null;
}

const problems = {
  'not-sold': 'This is not sold any more.',
  'no-price': 'This is not sold in this currency.',
  'not-for-others': 'A membership is for yourself: it cannot be a gift, nor be bought for a team.',
  owned: 'You have this already.',
};
const waysOut = {
  'not-sold': 'Take it out of your cart to go on.',
  'no-price': 'Take it out of your cart, or choose another currency there.',
  'not-for-others': 'Take it out of your cart to go on.',
  owned: 'Take it out of your cart to go on.',
};

/** A line of what is about to be bought, in words; `isAlone`: it is bought past the cart, where nothing can be taken out. */
export function lineInWords(line: PricedLine, isAlone: boolean, words: (minor: number) => string): CheckoutLine {
  const { productId, title, imageUrl, type, quantity, isGift, interval, listPrice, price, problem } = line;
  const remark = isGift
    ? 'A gift'
    : quantity > 1
      ? `${quantity} seats`
      : interval
        ? interval === 'MONTH'
          ? 'Each month'
          : 'Each year'
        : null;
  return {
    productId,
    title,
    imageUrl,
    type,
    remark,
    before: listPrice > price ? words(listPrice) : null,
    price: words(price),
    problem: problem && (isAlone ? problems[problem] : `${problems[problem]} ${waysOut[problem]}`),
  };
}

interface Words {
  tax: TaxJudgment;
  lines: readonly PricedLine[];
  words: (minor: number) => string;
}

/** What it comes to, in words. */
export function sumsInWords({ quote, recurringAmounts }: Reckoning, { tax, lines, words }: Words): CheckoutSums {
  const { snapshot } = tax;
  return {
    subtotal: words(quote.subtotal),
    discount: quote.discount > 0 ? words(quote.discount) : null,
    tax: quote.tax > 0 ? { name: snapshot.name || 'Tax', amount: words(quote.tax), isIncluded: tax.taxIncluded } : null,
    reverseCharge: snapshot.reverseCharge,
    total: words(quote.total),
    totalMinor: quote.total,
    recurringMinor: recurringAmounts[0] ?? null,
    recurring: recurringInWords(lines[0], recurringAmounts[0] ?? null, words),
  };
}

function recurringInWords(line: PricedLine | undefined, amount: number | null, words: (minor: number) => string): string | null {
  if (!line || amount === null) return null;
  const each = `${words(amount)} each ${line.interval === 'YEAR' ? 'year' : 'month'}`;
  if (line.trialDays === null) return `Then ${each}, until you cancel.`;
  return `${line.trialDays === 1 ? '1 day' : `${line.trialDays} days`} free, then ${each}, until you cancel.`;
}

import { countryOf } from '#features/accounts/index.server.ts';
import { type Context, type Person, system } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { formatMoney } from '#platform/money.ts';
import { findCoupon } from '../coupons/find-coupon.ts';
import { judgeCoupon } from '../coupons/judge-coupon.ts';
import { couponRefusalInWords } from '../coupons/refusal-in-words.ts';
import type { PricedLine, WantedItem } from '../products/priced-lines.ts';
import { offeredBy } from '../providers/providers.ts';
import { taxOfOrder } from '../tax/tax-of-order.ts';
import { type Billing, countries, taxedBuyer } from './billing.ts';
import { requireBuyer } from './buyer.ts';
import { type CheckoutRead, type CheckoutRequest, readCheckout } from './checkout-read.ts';
import { type CoveringCoupon, couponLines, type Reckoning, reckon } from './reckoning.ts';

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

/** A checkout as its page shows it. */
export interface CheckoutPage {
  /** Sent with the order: a second press of the button finds the first. */
  key: string;
  lines: CheckoutLine[];
  items: WantedItem[];
  currency: string;
  billing: Billing;
  countries: { code: string; name: string }[];
  providers: { name: string; title: string }[];
  coupon: { code: string; isApplied: boolean; message: string | null };
  /** Null while nothing can be bought. */
  sums: CheckoutSums | null;
}

export interface CheckoutSums {
  subtotal: string;
  discount: string | null;
  /** The tax with its name; `isIncluded`: the prices hold it. */
  tax: { name: string; amount: string; isIncluded: boolean } | null;
  reverseCharge: boolean;
  total: string;
  /** As the order is asked for. */
  totalMinor: number;
  /** Of a membership: what is taken each time, and what comes first. */
  recurring: string | null;
}

/** What the buyer has typed so far. */
export interface CheckoutTyped {
  /** Left out at first: what they wrote last time stands there. */
  billing?: Billing;
  couponCode: string;
}

const problems = {
  'not-sold': 'This is not sold any more. Take it out of your cart to go on.',
  'no-price': 'This is not sold in the currency of your cart. Take it out, or choose another currency there.',
  'not-for-others': 'A membership is for yourself: it cannot be a gift, nor be bought for a team. Take it out of your cart to go on.',
  owned: 'You have this already. Take it out of your cart to go on.',
};

/** The checkout of the acting person: what they buy, whom it is billed to, and what it comes to where they live. */
export async function checkoutPage(ctx: Context, request: CheckoutRequest, typed: CheckoutTyped): Promise<CheckoutPage> {
  const person = requireBuyer(ctx);
  const read = await readCheckout(ctx, person, request);
  const addressCountry = countryOf(ctx.address ?? null);
  const billing = typed.billing ?? firstBilling(read, { name: person.name, country: addressCountry ?? '' });
  const couponCode = typed.couponCode.trim();
  const isWhole = read.lines.length > 0 && read.lines.length === read.items.length && read.lines.every(({ problem }) => !problem);
  const [judged, tax] = await Promise.all([
    judgedCoupon(ctx, { code: couponCode, person, read }),
    taxOfOrder(ctx, {
      settings: read.settings,
      buyer: taxedBuyer(billing, addressCountry),
      productTypes: read.lines.map(({ type }) => type),
      at: ctx.now,
    }),
  ]);
  const words = (minor: number) => formatMoney({ minor, currency: read.currency }, person.locale);
  const isMembership = read.lines.some(({ type }) => type === 'MEMBERSHIP');
  return {
    key: newId(),
    lines: read.lines.map((line) => lineInWords(line, words)),
    items: read.items,
    currency: read.currency,
    billing,
    countries: countries(),
    providers: offeredBy(read.settings)
      .filter(({ takesMemberships }) => takesMemberships || !isMembership)
      .map(({ name, title }) => ({ name, title })),
    coupon: { code: couponCode, isApplied: judged.coupon !== null, message: judged.message },
    sums: isWhole ? sumsInWords(reckon(read.lines, tax, judged.coupon), { tax, lines: read.lines, words }) : null,
  };
}

function firstBilling({ lastBilling }: CheckoutRead, known: { name: string; country: string }): Billing {
  const empty = { region: '', line1: '', city: '', postcode: '', isBusiness: false, taxId: '' };
  const last = Object.fromEntries(
    Object.entries(lastBilling ?? {}).filter(([name, value]) => name in { ...empty, ...known } && value !== '' && value !== null),
  );
  return { ...empty, ...known, ...last };
}

async function judgedCoupon(
  ctx: Context,
  { code, person, read }: { code: string; person: Person; read: CheckoutRead },
): Promise<{ coupon: CoveringCoupon | null; message: string | null }> {
  if (!code) return { coupon: null, message: null };
  const found = await findCoupon({ ...ctx, actor: system }, { code, userId: person.id });
  if (!found) return { coupon: null, message: couponRefusalInWords('unknown', null, person) };
  const { coupon, usesByPerson } = found;
  const judgment = judgeCoupon(coupon, { currency: read.currency, lines: couponLines(read.lines), usesByPerson }, ctx.now);
  if (!judgment.applies) return { coupon: null, message: couponRefusalInWords(judgment.reason, coupon, person) };
  return { coupon: { ...coupon, coveredProductIds: judgment.coveredProductIds }, message: null };
}

function lineInWords(line: PricedLine, words: (minor: number) => string): CheckoutLine {
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
    problem: problem && problems[problem],
  };
}

interface Words {
  tax: Awaited<ReturnType<typeof taxOfOrder>>;
  lines: readonly PricedLine[];
  words: (minor: number) => string;
}

function sumsInWords({ quote, recurringAmounts }: Reckoning, { tax, lines, words }: Words): CheckoutSums {
  const { snapshot } = tax;
  return {
    subtotal: words(quote.subtotal),
    discount: quote.discount > 0 ? words(quote.discount) : null,
    tax: quote.tax > 0 ? { name: snapshot.name || 'Tax', amount: words(quote.tax), isIncluded: tax.taxIncluded } : null,
    reverseCharge: snapshot.reverseCharge,
    total: words(quote.total),
    totalMinor: quote.total,
    recurring: recurringInWords(lines[0], recurringAmounts[0] ?? null, words),
  };
}

function recurringInWords(line: PricedLine | undefined, amount: number | null, words: (minor: number) => string): string | null {
  if (!line || amount === null) return null;
  const each = `${words(amount)} each ${line.interval === 'YEAR' ? 'year' : 'month'}`;
  return line.trialDays === null ? `Then ${each}, until you cancel.` : `${line.trialDays} days free, then ${each}, until you cancel.`;
}

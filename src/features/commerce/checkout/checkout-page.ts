import { countryOf } from '#features/accounts/index.server.ts';
import type { Context, Person } from '#platform/context.ts';
import { newId } from '#platform/ids.ts';
import { formatMoney } from '#platform/money.ts';
import { askForCoupon } from '../coupons/ask-for-coupon.ts';
import { judgeCoupon } from '../coupons/judge-coupon.ts';
import { couponRefusalInWords } from '../coupons/refusal-in-words.ts';
import type { WantedItem } from '../products/priced-lines.ts';
import { offeredBy } from '../providers/providers.ts';
import { taxOfOrder } from '../tax/tax-of-order.ts';
import { placesDisagree } from '../tax/tax-rules.ts';
import { type Billing, countries, countryName, taxedBuyer } from './billing.ts';
import { requireBuyer } from './buyer.ts';
import { type CheckoutLine, type CheckoutSums, lineInWords, sumsInWords } from './checkout-in-words.ts';
import { type CheckoutRead, type CheckoutRequest, readCheckout } from './checkout-read.ts';
import { type CoveringCoupon, couponLines, reckon, refusalOf } from './reckoning.ts';

/** A checkout as its page shows it. */
export interface CheckoutPage {
  /** Sent with the order: a second press of the button finds the first. */
  key: string;
  lines: CheckoutLine[];
  items: WantedItem[];
  currency: string;
  billing: Billing;
  countries: { code: string; name: string }[];
  /** The country to be confirmed, and the other one that their network speaks for; null where nothing speaks against what they wrote. */
  confirm: { country: string; name: string; network: string } | null;
  providers: { name: string; title: string }[];
  coupon: { code: string; isApplied: boolean; message: string | null };
  /** Null while nothing can be bought. */
  sums: CheckoutSums | null;
}

/** What the buyer has typed so far. */
export interface CheckoutTyped {
  /** Left out at first: what they wrote last time stands there. */
  billing?: Billing;
  couponCode: string;
}

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
    lines: read.lines.map((line) => lineInWords(line, request.only !== null, words)),
    items: read.items,
    currency: read.currency,
    billing,
    countries: countries(),
    confirm:
      placesDisagree(tax.snapshot) && addressCountry
        ? { country: billing.country, name: countryName(billing.country), network: countryName(addressCountry) }
        : null,
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
  const { found, refusal } = await askForCoupon(ctx, { code, person });
  if (!found) return { coupon: null, message: refusal };
  const { coupon, usesByPerson } = found;
  const judgment = judgeCoupon(coupon, { currency: read.currency, lines: couponLines(read.lines), usesByPerson }, ctx.now);
  if (!judgment.applies) return { coupon: null, message: couponRefusalInWords(refusalOf(read.lines, judgment.reason), coupon, person) };
  return { coupon: { ...coupon, coveredProductIds: judgment.coveredProductIds }, message: null };
}

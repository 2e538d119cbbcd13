import { z } from 'zod';
import { countryOf } from '#features/accounts/index.server.ts';
import { type Context, type Person, system } from '#platform/context.ts';
import { inTransaction } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { parseInput } from '#platform/input.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { affiliateOf } from '../books/affiliate-of.ts';
import { channelOf } from '../books/channel.ts';
import { emptyCart } from '../cart/remove-from-cart.ts';
import { type Billing, billingFields, taxedBuyer } from '../checkout/billing.ts';
import { requireBuyer } from '../checkout/buyer.ts';
import { couponLines, reckon, refusalOf } from '../checkout/reckoning.ts';
import { askForCoupon } from '../coupons/ask-for-coupon.ts';
import { redeemCoupon, setRedemptionAmount } from '../coupons/redeem-coupon.ts';
import { couponRefusalInWords } from '../coupons/refusal-in-words.ts';
import { type PricedLine, pricedLines, type WantedItem } from '../products/priced-lines.ts';
import type { PaymentProvider } from '../providers/provider.ts';
import { providers } from '../providers/providers.ts';
import { shopSettings } from '../settings/shop-settings.ts';
import { orderToSettle } from '../settlement/order-to-settle.ts';
import { settleOrder } from '../settlement/settle-order.ts';
import { taxOfOrder } from '../tax/tax-of-order.ts';
import { placesDisagree } from '../tax/tax-rules.ts';
import { holdBuyer } from './hold-buyer.ts';
import { openOrderWith } from './open-order.ts';
import { addOpenPayment } from './open-payment.ts';
import { numberInYear, takeNumber } from './take-number.ts';
import { writeOrder } from './write-order.ts';

/** What a buyer sends to order. */
export interface OrderInput {
  /** Made with the form: a second press of its button sends it again, and finds the first order. */
  key: string;
  items: readonly WantedItem[];
  currency: string;
  couponCode: string | null;
  /** The name of the way to pay. */
  provider: string;
  billing: Billing;
  /** The country that the buyer has said again to be in, where their network speaks for another. */
  confirmedCountry: string | null;
  /** The sum that the buyer saw, in minor units: they order at that price or not at all. */
  expectedTotal: number;
  /** What a membership takes each time, as the buyer saw it; null of everything else. While a trial lasts, the sum alone would say nothing. */
  expectedRecurring: number | null;
  /** The username in the link by which they came. */
  via: string | null;
}

/**
 * What came of it. `open`: something in it is in an order of theirs that waits for its money. `changed`: what is asked for is not what the buyer saw. `unavailable`: something
 * in it cannot be bought as it is wanted. `place`: the buyer has to confirm where they are.
 */
export type Placed =
  | { kind: 'placed'; number: string; isSettled: boolean }
  | { kind: 'open'; number: string }
  | { kind: 'changed' }
  | { kind: 'unavailable' }
  | { kind: 'place' }
  | { kind: 'coupon'; message: string };

/** Carries an answer out of a transaction that is undone. */
class NotPlaced extends Error {
  readonly answer: Placed;
  constructor(answer: Placed) {
    super(answer.kind);
    this.answer = answer;
  }
}

const orderOfKey = statement<{ number: string; isSettled: boolean }, [key: string, buyerId: string]>(
  `select order_number as number, status = 'COMPLETED' as "isSettled" from orders where checkout_key = $1::uuid and user_id = $2::uuid`,
);

const makerOfCoupon = statement<{ createdById: string }, [couponId: string]>(
  'select created_by_id as "createdById" from coupons where id = $1::uuid',
);

/**
 * Places an order at the price that the buyer saw, all of it or nothing: coupon, number, items, and a payment that waits. An order of nothing is settled at once. Who
 * holds what in which order: the buyer, the coupon, then the number; no order that is there already.
 */
export async function placeOrder(ctx: Context, input: OrderInput): Promise<Placed> {
  const buyer = requireBuyer(ctx);
  const key = parseInput(z.object({ key: z.uuid() }), { key: input.key }).key;
  const billing = parseInput(billingFields, input.billing);
  await runtime().rateLimiter.attempt(limit, buyer.id);
  const refusal = input.couponCode && (await askForCoupon(ctx, { code: input.couponCode, person: buyer })).refusal;
  if (refusal) return { kind: 'coupon', message: refusal };
  try {
    return await inTransaction({ ...ctx, actor: system }, async (ctx): Promise<Placed> => {
      await ctx.db.sql(holdBuyer, buyer.id);
      const [known] = await ctx.db.sql(orderOfKey, key, buyer.id);
      if (known) return { kind: 'placed', ...known };
      return place(ctx, { ...input, key, billing, buyer });
    });
  } catch (error) {
    if (error instanceof NotPlaced) return error.answer;
    throw error;
  }
}

/** Of one person, in an hour: each holds a use of its coupon until its time to pay ends. */
const limit: RateLimit = { name: 'place-order', attempts: 60, perSeconds: 3600 };

type Wanted = OrderInput & { buyer: Person };

async function place(ctx: Context, input: Wanted): Promise<Placed> {
  const { currency } = input;
  const buyerId = input.buyer.id;
  const lines = await linesToSell(ctx, input);
  const open = await openOrderWith(ctx, buyerId, lines);
  if (open) throw new NotPlaced({ kind: 'open', number: open });
  const provider = await providerFor(ctx, input.provider, lines);
  const settings = await shopSettings(ctx);
  const place = taxedBuyer(input.billing, countryOf(ctx.address ?? null));
  const tax = await taxOfOrder(ctx, { settings, buyer: place, productTypes: lines.map(({ type }) => type), at: ctx.now });
  if (placesDisagree(tax.snapshot) && input.confirmedCountry !== input.billing.country) throw new NotPlaced({ kind: 'place' });
  const id = newId();
  const coupon = await couponOf(ctx, { ...input, orderId: id, lines });
  const reckoning = reckon(lines, tax, coupon);
  const recurring = reckoning.recurringAmounts[0] ?? null;
  if (reckoning.quote.total !== input.expectedTotal || recurring !== input.expectedRecurring) throw new NotPlaced({ kind: 'changed' });
  if (coupon) await setRedemptionAmount(ctx, { orderId: id, amount: reckoning.quote.discount });
  const affiliateId = await affiliateOf(ctx, { username: input.via, buyerId });
  const isFree = reckoning.quote.total === 0 && lines.every(({ type }) => type !== 'MEMBERSHIP');
  // Everybody who orders waits for this number: nothing slow follows.
  const number = numberInYear(ctx.now.getUTCFullYear(), await takeNumber(ctx, `orders-${ctx.now.getUTCFullYear()}`));
  await writeOrder(ctx, {
    id,
    number,
    checkoutKey: input.key,
    buyerId,
    currency,
    reckoning,
    taxIncluded: tax.taxIncluded,
    taxSnapshot: tax.snapshot,
    couponId: coupon?.id ?? null,
    billing: input.billing,
    ...channelOf({ coupon, sellerIds: lines.map(({ ownerId }) => ownerId), affiliateId }),
    expiresAt: new Date(ctx.now.getTime() + provider.minutesToPay * 60_000),
    lines,
  });
  await emptyCart(ctx, { userId: buyerId, productIds: lines.map(({ productId }) => productId) });
  if (isFree) await settleAtOnce(ctx, id);
  else await addOpenPayment(ctx, { orderId: id, buyerId, provider: provider.name, amount: reckoning.quote.total, currency });
  return { kind: 'placed', number, isSettled: isFree };
}

/** The lines, if all of them are sold as they are wanted. A membership is begun by itself, since it is paid again and again. */
async function linesToSell(ctx: Context, { items, currency, buyer }: Wanted): Promise<PricedLine[]> {
  const lines = await pricedLines(ctx, { items, currency, buyerId: buyer.id });
  const isMixed = lines.length > 1 && lines.some(({ type }) => type === 'MEMBERSHIP');
  if (lines.length === 0 || lines.length !== items.length || isMixed || lines.some(({ problem }) => problem !== null))
    throw new NotPlaced({ kind: 'unavailable' });
  return lines;
}

async function providerFor(ctx: Context, name: string, lines: readonly PricedLine[]): Promise<PaymentProvider> {
  const isMembership = lines.some(({ type }) => type === 'MEMBERSHIP');
  const offered = (await providers(ctx)).filter(({ takesMemberships }) => takesMemberships || !isMembership);
  const provider = offered.find((provider) => provider.name === name);
  if (!provider) throw new AppError('invalid', 'Choose how to pay.', { fields: { provider: 'Choose how to pay.' } });
  return provider;
}

async function couponOf(ctx: Context, input: Wanted & { orderId: string; lines: readonly PricedLine[] }) {
  if (!input.couponCode) return null;
  const { orderId, buyer, currency, couponCode } = input;
  const redeemed = await redeemCoupon(ctx, { code: couponCode, userId: buyer.id, orderId, currency, lines: couponLines(input.lines) });
  if (redeemed.kind === 'refused')
    throw new NotPlaced({ kind: 'coupon', message: couponRefusalInWords(refusalOf(input.lines, redeemed.reason), redeemed.coupon, buyer) });
  const [made] = await ctx.db.sql(makerOfCoupon, redeemed.coupon.id);
  return { ...redeemed.coupon, coveredProductIds: redeemed.coveredProductIds, createdById: made?.createdById ?? '' };
}

async function settleAtOnce(ctx: Context, orderId: string): Promise<void> {
  const order = await orderToSettle(ctx, orderId);
  if (!order) throw new Error('An order that was just written is not there.');
  await settleOrder(ctx, order, null);
}

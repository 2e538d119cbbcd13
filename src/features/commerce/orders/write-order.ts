import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import type { Billing } from '../checkout/billing.ts';
import type { Reckoning } from '../checkout/reckoning.ts';
import type { PricedLine } from '../products/priced-lines.ts';

/** An order that is placed, as its rows are written. */
export interface NewOrder {
  id: string;
  number: string;
  checkoutKey: string;
  buyerId: string;
  currency: string;
  reckoning: Reckoning;
  taxIncluded: boolean;
  taxSnapshot: object;
  couponId: string | null;
  billing: Billing;
  channel: string;
  affiliateId: string | null;
  expiresAt: Date;
  lines: readonly PricedLine[];
}

const addOrder = statement<
  unknown,
  [id: string, number: string, key: string, buyerId: string, currency: string, ...amounts: number[], rest: string, moment: string]
>(
  `insert into orders (id, order_number, checkout_key, user_id, currency, original_amount, subtotal, discount, tax, total, tax_included, tax_snapshot, coupon_id,
                       billing_name, billing_address, billing_country, billing_tax_id, channel, affiliate_id, expires_at, created_at, updated_at)
   select $1::uuid, $2, $3::uuid, $4::uuid, $5, $6, $7, $8, $9, $10, r."taxIncluded", r."taxSnapshot", r."couponId", r.name, r.address, r.country, r."taxId",
          r.channel::revenue_channel, r."affiliateId", r."expiresAt", $12::timestamptz, $12::timestamptz
     from jsonb_to_record($11::jsonb) as r ("taxIncluded" boolean, "taxSnapshot" jsonb, "couponId" uuid, name text, address jsonb, country text, "taxId" text,
                                            channel text, "affiliateId" uuid, "expiresAt" timestamptz)`,
);

const addItem = statement<unknown, [...ids: string[], item: string, moment: string]>(
  `insert into order_items (id, order_id, product_id, title, product_snapshot, quantity, is_gift, access_days, price, discount, tax, total, created_at, updated_at)
   select $1::uuid, $2::uuid, $3::uuid, i.title, i.snapshot, i.quantity, i."isGift", i."accessDays", i.price, i.discount, i.tax, i.total, $5::timestamptz, $5::timestamptz
     from jsonb_to_record($4::jsonb) as i (title text, snapshot jsonb, quantity int, "isGift" boolean, "accessDays" int, price int, discount int, tax int, total int)`,
);

/** Writes an order that waits for its money, and its items with what they were when they were bought; all sent together, as others wait for the number. */
export async function writeOrder(ctx: Context, order: NewOrder): Promise<void> {
  const { originalAmount, subtotal, discount, tax, total } = order.reckoning.quote;
  const { name, country, taxId, isBusiness, line1, city, postcode, region } = order.billing;
  const { taxIncluded, taxSnapshot, couponId, channel, affiliateId, expiresAt } = order;
  const address = { line1, city, postcode, region, isBusiness };
  const rest = {
    taxIncluded,
    taxSnapshot,
    couponId,
    channel,
    affiliateId,
    expiresAt,
    name,
    address,
    country,
    taxId: (isBusiness && taxId) || null,
  };
  const moment = ctx.now.toISOString();
  const amounts = [originalAmount, subtotal, discount, tax, total];
  const items = order.lines.map((line, index) =>
    JSON.stringify({ ...itemOf(line, order.reckoning.recurringAmounts[index] ?? null), ...order.reckoning.quote.lines[index] }),
  );
  await Promise.all([
    ctx.db.sql(
      addOrder,
      order.id,
      order.number,
      order.checkoutKey,
      order.buyerId,
      order.currency,
      ...amounts,
      JSON.stringify(rest),
      moment,
    ),
    ...order.lines.map(({ productId }, index) => ctx.db.sql(addItem, newId(), order.id, productId, items[index] ?? '', moment)),
  ]);
}

function itemOf(line: PricedLine, recurringAmount: number | null) {
  const { type, title, slug, ownerId, imageUrl, courses, listPrice, interval, trialDays, quantity, isGift, accessDays } = line;
  const snapshot = { type, title, slug, ownerId, imageUrl, courses, listPrice, interval, trialDays, recurringAmount };
  return { title, snapshot, quantity, isGift, accessDays };
}

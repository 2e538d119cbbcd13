import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { newId } from '#platform/ids.ts';
import { rateWithin } from '#platform/money.ts';
import { postSale } from '../books/post-sale.ts';
import { issueInvoice } from '../invoices/issue-invoice.ts';
import { sendReceipt } from '../orders/send-receipt.ts';
import { numberInYear, takeNumber } from '../orders/take-number.ts';
import type { Membership } from './membership-row.ts';

interface FormerOrder {
  id: string;
  taxIncluded: boolean;
  rateBasisPoints: number;
}

// The tax is that of the first order: the provider takes the same amount each time, whatever a rate has become since.
const formerOrder = statement<FormerOrder, [membershipId: string]>(
  `select id, tax_included as "taxIncluded",
          case when (tax_snapshot ->> 'reverseCharge')::boolean then 0 else coalesce((tax_snapshot ->> 'rateBasisPoints')::int, 0) end as "rateBasisPoints"
     from orders where subscription_id = $1::uuid order by created_at, id limit 1`,
);

type OrderValues = [
  id: string,
  formerId: string,
  number: string,
  price: number,
  tax: number,
  total: number,
  provider: string,
  paidAt: string,
  moment: string,
];

// Who sent the member was paid for the first order: a renewal is the school's own.
const addOrder = statement<unknown, OrderValues>(
  `insert into orders (id, order_number, user_id, status, currency, original_amount, subtotal, tax, tax_included, total, billing_name, billing_address,
                       billing_country, billing_tax_id, tax_snapshot, subscription_id, payment_method, payment_status, completed_at, created_at, updated_at)
   select $1, $3, f.user_id, 'COMPLETED', f.currency, $4, $4, $5, f.tax_included, $6, f.billing_name, f.billing_address,
          f.billing_country, f.billing_tax_id, f.tax_snapshot, f.subscription_id, $7, 'PAID', $8::timestamptz, $9::timestamptz, $9::timestamptz
     from orders f where f.id = $2::uuid`,
);

// What is bought is the membership as it is now: its name, and the courses that are in it today.
const addItem = statement<
  unknown,
  [id: string, orderId: string, formerId: string, price: number, tax: number, total: number, moment: string]
>(
  `insert into order_items (id, order_id, product_id, title, product_snapshot, price, tax, total, created_at, updated_at)
   select $1, $2::uuid, p.id, p.name,
          i.product_snapshot || jsonb_build_object('title', p.name, 'listPrice', $4::int, 'trialDays', null, 'courses', coalesce((
            select jsonb_agg(jsonb_build_object('id', c.id, 'slug', c.slug, 'title', c.title, 'ownerId', c.instructor_id, 'listPrice', coalesce(own.amount, 0))
                             order by m.position)
              from product_courses m join courses c on c.id = m.course_id
              left join (select k.course_id, r.amount, r.currency from products k join prices r on r.product_id = k.id and r.interval is null) own
                on own.course_id = c.id and own.currency = f.currency
             where m.product_id = p.id), '[]')),
          $4, $5, $6, $7::timestamptz, $7::timestamptz
     from orders f join subscriptions s on s.id = f.subscription_id join products p on p.id = s.product_id
     join order_items i on i.order_id = f.id and i.product_id = p.id
    where f.id = $3::uuid`,
);

type PaymentValues = [id: string, orderId: string, provider: string, paymentId: string, amount: number, paidAt: string, moment: string];

// Unique by provider and payment: whoever told it a second time at the same moment is refused here.
const addPayment = statement<unknown, PaymentValues>(
  `insert into payments (id, order_id, user_id, provider, provider_payment_id, amount, currency, status, paid_at, created_at, updated_at)
   select $1, o.id, o.user_id, $3, $4, $5, o.currency, 'PAID', $6::timestamptz, $7::timestamptz, $7::timestamptz from orders o where o.id = $2::uuid`,
);

/** Makes the order of a renewal that was paid: item, payment, ledger, invoice and receipt, all or none, in the transaction that holds the membership. */
export async function orderRenewal(ctx: Context, membership: Membership, paid: { paymentId: string; paidAt: Date }): Promise<void> {
  const [former] = await ctx.db.sql(formerOrder, membership.id);
  if (!former) throw new Error(`Membership ${membership.id} has no order that began it.`);
  const { price, tax, total } = renewalAmounts(membership.amount, former);
  const [id, moment, paidAt] = [newId(), ctx.now.toISOString(), paid.paidAt.toISOString()];
  const year = ctx.now.getUTCFullYear();
  const number = numberInYear(year, await takeNumber(ctx, `orders-${year}`));
  await ctx.db.sql(addOrder, id, former.id, number, price, tax, total, membership.provider, paidAt, moment);
  await ctx.db.sql(addItem, newId(), id, former.id, price, tax, total, moment);
  await ctx.db.sql(addPayment, newId(), id, membership.provider, paid.paymentId, total, paidAt, moment);
  await postSale(ctx, { orderId: id });
  await issueInvoice(ctx, { orderId: id });
  await sendReceipt(ctx, { orderId: id });
}

/** What is taken each time holds its tax: the share of it that the rate says. The price is with it where prices hold the tax, and without it elsewhere. */
function renewalAmounts(total: number, { taxIncluded, rateBasisPoints }: FormerOrder) {
  const tax = rateWithin(total, rateBasisPoints);
  return { price: taxIncluded ? total : total - tax, tax, total };
}

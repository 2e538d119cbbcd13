import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { shopSettings } from '../settings/shop-settings.ts';
import { channelOfItem } from './channel.ts';
import { entriesOfSale, type SoldCourse } from './entries-of-sale.ts';
import { writeEntries } from './write-entries.ts';

interface SoldOrder {
  currency: string;
  affiliateId: string | null;
  coupon: { instructorId: string | null; createdById: string } | null;
}

const orderOf = statement<SoldOrder, [orderId: string]>(
  `select o.currency, o.affiliate_id as "affiliateId",
          (select json_build_object('instructorId', c.instructor_id, 'createdById', c.created_by_id) from coupons c where c.id = o.coupon_id) as coupon
     from orders o where o.id = $1::uuid`,
);

interface Item {
  orderItemId: string;
  total: number;
  tax: number;
  isDiscounted: boolean;
  sellerId: string;
  courses: SoldCourse[];
}

// The courses are those of the snapshot, at their list prices of that day; where it names none, those of the product.
const itemsOf = statement<Item, [orderId: string]>(
  `select i.id as "orderItemId", i.total, i.tax, i.discount > 0 as "isDiscounted", p.owner_id as "sellerId",
          coalesce((
            select json_agg(json_build_object('instructorId', c.instructor_id, 'listPrice', coalesce(sold.list_price, price.amount, 0), 'others', coalesce((
                     select json_agg(json_build_object('userId', t.user_id, 'shareBasisPoints', t.revenue_share_basis_points) order by t.user_id)
                       from course_instructors t where t.course_id = c.id and t.revenue_share_basis_points > 0), '[]')) order by c.id)
              from (select (known->>'id')::uuid as id, (known->>'listPrice')::int as list_price from jsonb_path_query(i.product_snapshot, '$.courses[*]') known
                    union all select course_id, null from product_courses where product_id = p.id and not i.product_snapshot ? 'courses'
                    union all select p.course_id, null where p.course_id is not null and not i.product_snapshot ? 'courses') sold
              join courses c on c.id = sold.id
              left join products own on own.course_id = c.id
              left join prices price on price.product_id = own.id and price.currency = o.currency and price.interval is null), '[]') as courses
     from order_items i join orders o on o.id = i.order_id join products p on p.id = i.product_id
    where i.order_id = $1::uuid order by i.id`,
);

/** Posts the sale of an order that is being settled, in the transaction that settles it: once, however often it is called. An order of nothing posts nothing. */
export async function postSale(ctx: Context, { orderId }: { orderId: string }): Promise<void> {
  const [[order], items, shares] = await Promise.all([ctx.db.sql(orderOf, orderId), ctx.db.sql(itemsOf, orderId), shopSettings(ctx)]);
  if (!order) throw new Error(`There is no order ${orderId} to post.`);
  const { currency, affiliateId, coupon } = order;
  const sold = items.map((item) => ({ ...item, channel: channelOfItem({ coupon, affiliateId, ...item }) }));
  await writeEntries(ctx, {
    posting: `sale:${orderId}`,
    subject: { orderId },
    currency,
    entries: entriesOfSale({ items: sold, shares, affiliateId }),
  });
}

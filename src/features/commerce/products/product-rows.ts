import { type CoverRow, coverColumn, liveOffer, type PriceRow, schoolCurrency } from '#features/catalogue/index.server.ts';
import { type RunStatement, statement } from '#platform/database/statement.ts';

export type ProductType = 'COURSE' | 'BUNDLE' | 'MEMBERSHIP';
export type BillingInterval = 'MONTH' | 'YEAR';

/** A price as it is kept. */
export interface KeptPrice extends PriceRow {
  interval: BillingInterval | null;
  trialDays: number | null;
}

/** A course inside a product, with its own prices where it is sold alone. */
export interface RowCourse {
  id: string;
  slug: string;
  title: string;
  ownerId: string;
  isOwned: boolean;
  prices: Omit<PriceRow, 'accessDays'>[];
}

/** A product with everything that decides what a buyer pays for it. */
export interface ProductRow {
  productId: string;
  type: ProductType;
  title: string;
  slug: string;
  ownerId: string;
  isSold: boolean;
  isMember: boolean;
  /** Whether they were or are a member: a trial is for those who never were. */
  wasMember: boolean;
  cover: CoverRow | null;
  /** Of the course, for a course: its drawn picture is of it. */
  category: string | null;
  prices: KeptPrice[];
  courses: RowCourse[];
}

/** The SQL condition that the product `p` may be sold: a course that costs something, a bundle of courses that are all offered, a membership with any. */
export const isSold = `
  case when p.type = 'COURSE' then exists (select from courses k where k.id = p.course_id and ${liveOffer('k')})
       else p.status = 'PUBLIC'
            and exists (select from product_courses i join courses k on k.id = i.course_id and k.status = 'PUBLISHED' where i.product_id = p.id)
            and (p.type = 'MEMBERSHIP' or not exists (
              select from product_courses i join courses k on k.id = i.course_id and k.status <> 'PUBLISHED' where i.product_id = p.id)) end`;

/** The SQL column of the prices of the product `p`. */
export const keptPrices = `
  coalesce((select json_agg(json_build_object('currency', r.currency, 'amount', r.amount, 'discountAmount', r.discount_amount,
              'discountStartsAt', r.discount_starts_at, 'discountEndsAt', r.discount_ends_at, 'accessDays', r.access_days,
              'interval', r.interval, 'trialDays', r.trial_days) order by r.currency, r.interval)
              from prices r where r.product_id = p.id), '[]')`;

/** The SQL condition that a person owns the course `c` at a moment. What a membership lends may still be bought for good. */
const owns = (person: string, moment: string) =>
  `exists (select from access_grants g where g.user_id = ${person}::uuid and g.course_id = c.id and g.revoked_at is null and g.source <> 'MEMBERSHIP'
             and g.starts_at <= ${moment}::timestamptz and (g.expires_at is null or g.expires_at > ${moment}::timestamptz))`;

/** The SQL source of the courses `t` of the product `p`, in their order: of a course's product, the course. */
const coursesOf = `
  (select p.course_id as course_id, 0 as position where p.course_id is not null
   union all select i.course_id, i.position from product_courses i where i.product_id = p.id and p.course_id is null) t`;

/** The SQL column of a picture of the product `p`: its own, else that of its first course with one. */
export const productCover = `
  coalesce(${coverColumn.replace('c.image_file_id', 'p.image_file_id')},
    (select cover from (select ${coverColumn} as cover, t.position from ${coursesOf} join courses c on c.id = t.course_id) pictures
      where cover is not null order by position limit 1))`;

const productColumns = ` p.id as "productId", p.type, coalesce(s.title, p.name) as title, coalesce(s.slug, p.slug) as slug,
         coalesce(s.instructor_id, p.owner_id) as "ownerId", ${isSold} as "isSold",
         exists (select from subscriptions m where m.product_id = p.id and m.user_id = $2::uuid and m.status in ('TRIALING', 'ACTIVE', 'PAST_DUE')) as "isMember",
         exists (select from subscriptions m where m.product_id = p.id and m.user_id = $2::uuid) as "wasMember",
         ${productCover} as cover, ${keptPrices} as prices,
         (select g.name from course_categories k join categories g on g.id = k.category_id
            where k.course_id = p.course_id order by k.is_main desc, g.name limit 1) as category,
         coalesce((select json_agg(json_build_object('id', c.id, 'slug', c.slug, 'title', c.title, 'ownerId', c.instructor_id, 'isOwned', ${owns('$2', '$3')},
                     'prices', (select coalesce(json_agg(json_build_object('currency', r.currency, 'amount', r.amount, 'discountAmount', r.discount_amount,
                                                'discountStartsAt', r.discount_starts_at, 'discountEndsAt', r.discount_ends_at)), '[]')
                                  from products o join prices r on r.product_id = o.id where o.course_id = c.id and not c.is_free)) order by t.position)
                     from ${coursesOf} join courses c on c.id = t.course_id and (p.type <> 'MEMBERSHIP' or c.status = 'PUBLISHED')), '[]') as courses`;
const productSource = 'from products p left join courses s on s.id = p.course_id';

const byIds = statement<ProductRow, [ids: string[], person: string | null, moment: string]>(
  `select ${productColumns} ${productSource} where p.id = any($1::uuid[])`,
);

/** What the page of a product says besides. */
export interface ProductDetails {
  description: string;
  /** Who put it together. */
  by: string;
  /** The school's own currency. */
  currency: string;
}

const bySlug = statement<ProductRow & ProductDetails, [slug: string, person: string | null, moment: string]>(
  `select ${productColumns}, p.description, (select name from people where people.id = p.owner_id) as by, ${schoolCurrency} as currency
     ${productSource} where p.slug = $1 and p.type <> 'COURSE'`,
);

/** Products by their ids, as they stand for one buyer: one query, whose acting person is that buyer, or the school. */
export function productRows(
  run: RunStatement,
  input: { ids: readonly string[]; buyerId: string | null; now: Date },
): Promise<ProductRow[]> {
  return run(byIds, [...input.ids], input.buyerId, input.now.toISOString());
}

/** A bundle or membership by its address, as it stands for one buyer. */
export async function productRowAt(
  run: RunStatement,
  input: { slug: string; buyerId: string | null; now: Date },
): Promise<(ProductRow & ProductDetails) | undefined> {
  const [row] = await run(bySlug, input.slug, input.buyerId, input.now.toISOString());
  return row;
}

import { type CoverPicture, type CoverRow, coverPicture, schoolCurrency, searchWords } from '#features/catalogue/index.server.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { currencies } from '#platform/money.ts';
import { mayEditProduct } from '../../policy.ts';
import { type PriceLine, priceLine } from '../../prices/prices-page.ts';
import { type BillingInterval, type KeptPrice, keptPrices, productCover } from '../product-rows.ts';
import { absentProduct } from './edited-product.ts';
import { missingOf } from './missing-of.ts';

/** A course that is in a bundle, or could be. */
interface ListedCourse {
  id: string;
  slug: string;
  title: string;
  isPublished: boolean;
  by: string;
}

/** A bundle or membership as the studio shows it. */
export interface StudioProduct {
  slug: string;
  type: 'BUNDLE' | 'MEMBERSHIP';
  name: string;
  description: string;
  isPublic: boolean;
  cover: CoverPicture | null;
  hasOwnImage: boolean;
  courses: ListedCourse[];
  /** What can be added: one's own courses, or for an admin's products any; narrowed by what was searched. */
  offered: ListedCourse[];
  prices: (PriceLine & { interval: BillingInterval | null; trialDays: string })[];
  currencies: { code: string; name: string }[];
  currency: string;
  timeZone: string;
  /** What it needs before it can be sold. */
  missing: string[];
}

interface Row extends Omit<StudioProduct, 'cover' | 'prices' | 'offered' | 'currencies' | 'timeZone' | 'missing'> {
  ownerId: string;
  cover: CoverRow | null;
  prices: KeptPrice[];
}

const productAt = statement<Row, [slug: string]>(`
  select p.slug, p.type, p.owner_id as "ownerId", p.name, p.description, p.status = 'PUBLIC' as "isPublic", ${productCover} as cover,
         p.image_file_id is not null as "hasOwnImage", ${keptPrices} as prices, ${schoolCurrency} as currency,
         coalesce((select json_agg(json_build_object('id', c.id, 'slug', c.slug, 'title', c.title, 'isPublished', c.status = 'PUBLISHED', 'by', u.name) order by i.position)
                     from product_courses i join courses c on c.id = i.course_id join people u on u.id = c.instructor_id where i.product_id = p.id), '[]') as courses
    from products p where p.slug = $1 and p.type <> 'COURSE'`);

const mostOffered = 20;

/** The newest published courses that are not in it yet: of its owner, or for what an admin owns of everybody. */
const offeredTo = statement<ListedCourse, [slug: string, ofAll: boolean, words: string | null]>(`
  select c.id, c.slug, c.title, true as "isPublished", u.name as by
    from products p join courses c on c.status = 'PUBLISHED' and ($2 or c.instructor_id = p.owner_id) join people u on u.id = c.instructor_id
   where p.slug = $1
     and ($3::text is null or c.search @@ course_query($3::text, array(select distinct language from course_facets where category_id is null)))
     and not exists (select from product_courses i where i.product_id = p.id and i.course_id = c.id)
   order by c.published_at desc, c.id desc limit ${mostOffered}`);

/** A bundle or membership for who may change it, and what could be put into it. Two queries. */
export async function studioProduct(ctx: Context, input: { slug: string; search: string }): Promise<StudioProduct> {
  const person = requirePerson(ctx);
  const [row] = await ctx.db.sql(productAt, input.slug);
  if (!row || !mayEditProduct(ctx.actor, row)) throw absentProduct();
  const { ownerId, cover, prices, ...product } = row;
  const ofAll = person.role === 'ADMIN' && person.id === ownerId;
  const offered = await ctx.db.sql(offeredTo, row.slug, ofAll, searchWords(input.search) || null);
  const unpublished = row.courses.filter(({ isPublished }) => !isPublished).length;
  return {
    ...product,
    cover: coverPicture(cover),
    offered,
    prices: prices.map((price) => ({
      ...priceLine(price, person.locale, person.timeZone),
      interval: price.interval,
      trialDays: price.trialDays === null ? '' : String(price.trialDays),
    })),
    currencies: currencies('en'),
    timeZone: person.timeZone,
    missing: missingOf(row.type, { courses: row.courses.length, unpublished, prices: prices.length }),
  };
}

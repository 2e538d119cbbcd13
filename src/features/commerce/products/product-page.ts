import {
  amountNow,
  type CourseCard,
  type CourseCardRow,
  type CoursePrice,
  type CoverPicture,
  courseCard,
  courseCardColumns,
  coverPicture,
  priceNow,
} from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { renderMarkdown } from '#platform/markdown/render.ts';
import { formatMoney } from '#platform/money.ts';
import { mayEditProduct } from '../policy.ts';
import { ownsAll } from './priced-lines.ts';
import { type BillingInterval, type ProductRow, productRowAt } from './product-rows.ts';

/** The page of a bundle or a membership: what is in it, what it costs, and what one saves by it. */
export interface ProductPage {
  productId: string;
  type: 'BUNDLE' | 'MEMBERSHIP';
  slug: string;
  title: string;
  descriptionHtml: string;
  /** Its words without any form, for those who link to it. */
  summary: string;
  by: string;
  cover: CoverPicture | null;
  courses: (CourseCard & { isOwned: boolean })[];
  /** Of a bundle. */
  price: CoursePrice | null;
  /** What the courses cost one by one, and how much less the bundle is, where it is. */
  alone: string | null;
  saving: string | null;
  /** Of a membership. */
  plans: Plan[];
  /** Whether anybody can buy it now; if not, only those who may change it see the page. */
  isSold: boolean;
  isOwned: boolean;
  mayEdit: boolean;
}

/** A way to pay for a membership. */
export interface Plan {
  interval: BillingInterval;
  price: CoursePrice;
  trialDays: number | null;
}

/** More than a page has room for. */
const mostCourses = 200;

const cardsOf = statement<CourseCardRow & { courseId: string }, [slug: string]>(
  `select c.id as "courseId", ${courseCardColumns}
     from products p join product_courses i on i.product_id = p.id join courses c on c.id = i.course_id and c.status = 'PUBLISHED'
     join people u on u.id = c.instructor_id
    where p.slug = $1 order by i.position limit ${mostCourses}`,
);

/** The page of what is sold; of what is not, for those who may change it. Two queries, which travel together. */
export async function productPage(ctx: Context, input: { slug: string }): Promise<ProductPage> {
  const buyerId = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  const [row, cards] = await asActor(ctx, (run) =>
    Promise.all([productRowAt(run, { slug: input.slug, buyerId, now: ctx.now }), run(cardsOf, input.slug)]),
  );
  const absent = () => new AppError('not-found', 'There is no such bundle or membership.');
  if (!row || row.type === 'COURSE') throw absent();
  const { type, ownerId } = row;
  const mayEdit = mayEditProduct(ctx.actor, { type, ownerId });
  const isPriced = row.prices.length > 0;
  if (!(row.isSold && isPriced) && !mayEdit) throw absent();
  const price = type === 'BUNDLE' ? priceNow(row.prices, row.currency, ctx) : null;
  return {
    productId: row.productId,
    type,
    slug: row.slug,
    title: row.title,
    descriptionHtml: await renderMarkdown(row.description),
    summary: row.description.replaceAll(/[*_`#>[\]]/g, '').slice(0, 160),
    by: row.by,
    cover: coverPicture(row.cover),
    courses: cards.map((card) => ({
      ...courseCard(card),
      isOwned: row.courses.some(({ id, isOwned }) => id === card.courseId && isOwned),
    })),
    price,
    ...(price ? worthOf(ctx, row, price.currency) : { alone: null, saving: null }),
    plans: type === 'MEMBERSHIP' ? plansOf(ctx, row, row.currency) : [],
    isSold: row.isSold && isPriced,
    isOwned: ownsAll(row),
    mayEdit,
  };
}

/** What the courses of a bundle cost one by one now, where each is sold in this currency and the bundle is less. */
function worthOf(ctx: Context, { courses, prices }: ProductRow, currency: string): { alone: string | null; saving: string | null } {
  const own = prices.find((price) => price.currency === currency);
  const each = courses.map((course) => course.prices.find((price) => price.currency === currency));
  const known = each.filter((price) => price !== undefined);
  if (!own || known.length !== courses.length) return { alone: null, saving: null };
  const alone = known.reduce((sum, price) => sum + amountNow(price, ctx.now), 0);
  const saved = alone - amountNow(own, ctx.now);
  const locale = ctx.actor.kind === 'person' ? ctx.actor.locale : 'en';
  const words = (minor: number) => formatMoney({ minor, currency }, locale);
  return saved > 0 ? { alone: words(alone), saving: words(saved) } : { alone: null, saving: null };
}

function plansOf(ctx: Context, { prices }: ProductRow, currency: string): Plan[] {
  return (['MONTH', 'YEAR'] as const).flatMap((interval) => {
    const own = prices.filter((price) => price.interval === interval);
    const price = priceNow(own, currency, ctx);
    const trialDays = own.find((kept) => kept.currency === price?.currency)?.trialDays ?? null;
    return price ? [{ interval, price, trialDays }] : [];
  });
}

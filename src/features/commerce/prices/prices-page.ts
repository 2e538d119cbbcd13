import { schoolCurrency, teamColumns } from '#features/catalogue/index.server.ts';
import { type CourseTeam, mayEditCourse, mayHelpStudents } from '#features/catalogue/policy.ts';
import { type Context, requirePerson } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { currencies, formatMoney, typedMoney } from '#platform/money.ts';
import { momentInWords, wallClock } from '#platform/time.ts';

/** What a course costs, as its page in the studio shows it. */
export interface PricesPage {
  isFree: boolean;
  isPublished: boolean;
  mayEdit: boolean;
  prices: PriceLine[];
  currencies: { code: string; name: string }[];
  /** The school's own. */
  currency: string;
  timeZone: string;
}

/** A price in words, and as a form has it. */
export interface PriceLine {
  currency: string;
  inWords: string;
  discountInWords: string | null;
  /** The price, a discount's price and window, and the days of access, as they are typed. */
  typed: Record<'amount' | 'discountAmount' | 'discountStartsAt' | 'discountEndsAt' | 'accessDays', string>;
}

interface Row extends CourseTeam {
  isFree: boolean;
  isPublished: boolean;
  currency: string;
  prices: KeptPrice[];
}

interface KeptPrice {
  currency: string;
  amount: number;
  discountAmount: number | null;
  discountStartsAt: string | null;
  discountEndsAt: string | null;
  accessDays: number | null;
}

const pricesOf = statement<Row, [slug: string]>(`
  select c.is_free as "isFree", c.status = 'PUBLISHED' as "isPublished", ${schoolCurrency} as currency, ${teamColumns},
         coalesce((select json_agg(json_build_object('currency', r.currency, 'amount', r.amount, 'discountAmount', r.discount_amount,
                     'discountStartsAt', r.discount_starts_at, 'discountEndsAt', r.discount_ends_at, 'accessDays', r.access_days) order by r.currency)
                     from products p join prices r on r.product_id = p.id where p.course_id = c.id), '[]') as prices
    from courses c where c.slug = $1`);

/** What a course costs in each currency, for those who teach it. One query. */
export async function pricesPage(ctx: Context, input: { slug: string }): Promise<PricesPage> {
  const { locale, timeZone } = requirePerson(ctx);
  const [row] = await asActor(ctx, (sql) => sql(pricesOf, input.slug));
  if (!row || !mayHelpStudents(ctx.actor, row)) throw new AppError('not-found', 'There is no such course among yours.');
  return {
    isFree: row.isFree,
    isPublished: row.isPublished,
    mayEdit: mayEditCourse(ctx.actor, row),
    prices: row.prices.map((price) => priceLine(price, locale, timeZone)),
    currencies: currencies('en'),
    currency: row.currency,
    timeZone,
  };
}

/** A kept price in words and as it is typed, in somebody's own way of writing and on their clock. */
export function priceLine(price: KeptPrice, locale: string, timeZone: string): PriceLine {
  const { currency, amount, discountAmount, discountStartsAt, discountEndsAt, accessDays } = price;
  const typed = (minor: number | null) => (minor === null ? '' : typedMoney({ minor, currency }, locale));
  const clock = (moment: string | null) => (moment === null ? '' : wallClock(new Date(moment), timeZone));
  return {
    currency,
    inWords: formatMoney({ minor: amount, currency }, locale),
    discountInWords: discountAmount === null ? null : discountWords(price, discountAmount, locale, timeZone),
    typed: {
      amount: typed(amount),
      discountAmount: typed(discountAmount),
      discountStartsAt: clock(discountStartsAt),
      discountEndsAt: clock(discountEndsAt),
      accessDays: accessDays === null ? '' : String(accessDays),
    },
  };
}

function discountWords({ currency, discountStartsAt, discountEndsAt }: KeptPrice, minor: number, locale: string, timeZone: string): string {
  const from = discountStartsAt && `from ${momentInWords(new Date(discountStartsAt), timeZone)}`;
  const until = discountEndsAt && `until ${momentInWords(new Date(discountEndsAt), timeZone)}`;
  return [formatMoney({ minor, currency }, locale), from, until].filter(Boolean).join(' ');
}

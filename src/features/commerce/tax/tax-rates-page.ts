import { type Context, requirePerson } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { mayRunShop } from '../policy.ts';
import { countries, countryName } from '../settings/countries.ts';
import { formatPercent } from '../settings/percent.ts';
import { type ShopSettings, shopSettingsOfSchool } from '../settings/shop-settings.ts';
import { isEuMember } from './eu-members.ts';
import type { ProductType } from './tax-rules.ts';

/** A tax in the list. Days are dates of a calendar, without a clock. */
export interface TaxRateLine {
  id: string;
  country: string;
  countryName: string;
  region: string | null;
  postcodePrefixes: string[];
  name: string;
  rateInWords: string;
  inclusive: boolean | null;
  productType: ProductType | null;
  validFrom: string;
  /** The first day without it. */
  validUntil: string | null;
  /** Whether the shop's settings leave it aside: value added tax of the Union, or India's. */
  isLeftAside: boolean;
}

export interface TaxRatesPage {
  rates: TaxRateLine[];
  next: string | null;
  countries: { code: string; name: string }[];
}

interface Row extends Omit<TaxRateLine, 'countryName' | 'rateInWords' | 'isLeftAside'> {
  rateBasisPoints: number;
  key: string;
}

const pageSize = 50;
const columns = `id, country, region, postcode_prefixes as "postcodePrefixes", name, rate_basis_points as "rateBasisPoints", inclusive,
  product_type as "productType", valid_from::text as "validFrom", valid_until::text as "validUntil"`;

/** By the names of the countries, a country before its regions. Unique, because the table's own key is made of the same. */
const key = `(lpad(array_position($5::text[], country::text)::text, 3, '0') || concat_ws('!', '', country, coalesce(region, ''), name, coalesce(product_type::text, ''), valid_from)) collate "C"`;
const list = statement<Row, [from: string, country: string | null, isEnded: boolean, today: string, inOrder: string[]]>(
  `select * from (select ${columns}, ${key} as key from tax_rates) rate
    where key > $1 and ($2::text is null or country = $2) and coalesce("validUntil"::date <= $4::date, false) = $3
    order by key limit ${pageSize + 1}`,
);
const one = statement<Row, [id: string]>(`select ${columns}, '' as key from tax_rates where id = $1::uuid`);

/** The taxes that are taken or will be, or those that have ended, by country. Two queries, sent together. */
export async function taxRatesPage(
  ctx: Context,
  wish: { country: string | null; show: 'current' | 'ended'; from: string | null },
): Promise<TaxRatesPage> {
  const { locale } = requireRunner(ctx);
  const today = ctx.now.toISOString().slice(0, 10);
  const known = countries('en');
  const inOrder = known.map(({ code }) => code);
  const [rows, [settings]] = await Promise.all([
    ctx.db.sql(list, wish.from ?? '', wish.country || null, wish.show === 'ended', today, inOrder),
    ctx.db.sql(shopSettingsOfSchool),
  ]);
  const shown = rows.slice(0, pageSize);
  return {
    rates: shown.map((row) => lineOf(row, locale, settings)),
    next: rows.length > pageSize ? (shown.at(-1)?.key ?? null) : null,
    countries: known,
  };
}

/** One tax, for its page. */
export async function taxRatePage(ctx: Context, { id }: { id: string }): Promise<TaxRateLine> {
  const { locale } = requireRunner(ctx);
  const [[row], [settings]] = isId(id) ? await Promise.all([ctx.db.sql(one, id), ctx.db.sql(shopSettingsOfSchool)]) : [[], []];
  if (!row) throw new AppError('not-found', 'There is no such tax.');
  return lineOf(row, locale, settings);
}

/** The countries to choose from for a new tax. */
export function newTaxRatePage(ctx: Context): { countries: { code: string; name: string }[]; today: string } {
  requireRunner(ctx);
  return { countries: countries('en'), today: ctx.now.toISOString().slice(0, 10) };
}

function requireRunner(ctx: Context) {
  const person = requirePerson(ctx);
  if (!mayRunShop(person)) throw new AppError('forbidden', 'Only admins say which taxes are taken.');
  return person;
}

function lineOf({ rateBasisPoints, key: _key, ...row }: Row, locale: string, settings: ShopSettings | undefined): TaxRateLine {
  const isLeftAside = (isEuMember(row.country) && !settings?.collectsEuVat) || (row.country === 'IN' && !settings?.collectsIndiaGst);
  return { ...row, isLeftAside, countryName: countryName(row.country, 'en'), rateInWords: formatPercent(rateBasisPoints, locale) };
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { levelLabels } from '../labels.ts';
import { schoolCurrency } from '../price.ts';
import { type CategoryPlace, placeOf } from './category-place.ts';
import { type CourseFilter, lengths, levels, prices, ratings } from './course-filter.ts';
import { type Choice, choicesSql, mostFound, valuesOf } from './found.ts';
import { type PriceSteps, pricesOf } from './price-labels.ts';

/** Something to choose, and how many courses there would be with it, all other choices being as they are. */
export interface FacetOption {
  value: string;
  label: string;
  count: number;
}

export interface CategoryOption extends FacetOption {
  /** The category that it lies in. */
  parent: string | null;
}

/** What there is to choose from. */
export interface CourseFacets {
  /** Courses that fit all choices. */
  total: number;
  /** More were found than are looked at: another word would help. */
  isTooBroad: boolean;
  categories: CategoryOption[];
  levels: FacetOption[];
  languages: FacetOption[];
  lengths: FacetOption[];
  ratings: FacetOption[];
  /** In the school's own currency. */
  prices: FacetOption[];
  /** The category that is chosen; null when none is, or there is none of that name. */
  place: CategoryPlace | null;
}

/** A number, or something else that is said once, under the name of what it belongs to. */
export interface FacetRow<Other extends string = never> {
  facet: Other | Choice | 'category' | 'total' | 'found' | 'place' | 'steps';
  value: string | null;
  label: string | null;
  parent: string | null;
  count: number;
}

/** More categories than a page has room for. */
const maxCategories = 200;

const kinds = 'level, language, price, length, rating';

/** What a search found, in the form in which the database keeps it for the whole catalogue: a course once, and once in each category that it is in or beneath. */
const cellsOfFound = `
  lineage as materialized (
    with recursive above as (
      select id, id as above, parent_id from categories
      union all select a.id, g.id, g.parent_id from above a join categories g on g.id = a.parent_id)
    select id, above from above),
  kinds as materialized (
    select id, level, language, price_band as price, length_band(duration_minutes) as length, rating_band(rating_average, review_count) as rating from found),
  entered as (
    select distinct l.above, kinds.* from kinds
      cross join lateral (select category_id from course_categories where course_id = kinds.id offset 0) k
      join lineage l on l.id = k.category_id),
  cells as materialized (
    select null::uuid as category_id, ${kinds}, 1 as course_count from kinds
    union all select above, ${kinds}, 1 from entered)`;

const cellsOfAll = `cells as not materialized (select category_id, ${kinds}, course_count from course_facets where course_count > 0)`;

/** The parts of a statement that count: each facet what fits the choices of all others. With a search they count what `foundSql` found before them. */
export function facetsSql(filter: CourseFilter, value: (value: unknown) => string): { parts: string; select: string } {
  const choices = choicesSql(filter, value);
  const own: Record<Choice, string> = { level: 'level', language: 'language', price: 'price', length: 'length', rating: 'rating' };
  const facets = Object.keys(own) as Choice[];
  const fits = (except?: Choice) =>
    facets
      .filter((facet) => facet !== except)
      .map((facet) => choices[facet](own[facet]))
      .join(' and ');
  const scope = filter.category
    ? `category_id = (select id from categories where slug = ${value(filter.category)})`
    : 'category_id is null';
  const parts = `${filter.search ? cellsOfFound : cellsOfAll},
    scoped as materialized (select ${kinds}, course_count from cells where ${scope})`;
  const select = `
    ${facets
      .map(
        (facet) =>
          `select '${facet}' as facet, ${own[facet]}::text as value, null as label, null as parent, sum(course_count)::int as count from scoped where ${fits(facet)} group by ${own[facet]} union all`,
      )
      .join('\n')}
    select 'total', null, null, null, coalesce(sum(course_count), 0)::int from scoped where ${fits()} union all
    select 'place', (${placeOf(value(filter.category))}), null, null, 0 union all
    select 'steps', (select json_build_object('currency', currency, 'steps', price_steps(currency))::text from (select ${schoolCurrency} as currency) s), null, null, 0 union all
    select 'found', null, null, null, ${filter.search ? '(select count(*) from found)::int' : '0'} union all
    (select 'category', g.slug, g.name, above.slug, coalesce(n.count, 0)
       from categories g
       left join (select category_id, sum(course_count)::int as count from cells where category_id is not null and ${fits()} group by category_id) n
         on n.category_id = g.id
       left join categories above on above.id = g.parent_id
      where n.count > 0 or g.slug = ${value(filter.category)}
      order by 5 desc, g.name limit ${maxCategories})`;
  return { parts, select };
}

const lengthLabels: Record<string, string> = {
  'under-1h': 'Under 1 hour',
  '1-3h': '1 to 3 hours',
  '3-10h': '3 to 10 hours',
  'over-10h': 'Over 10 hours',
};

/** What there is to choose from in a list without a search, given what is chosen: one query, whose cost does not depend on how many courses there are. */
export async function courseFacets(ctx: Context, filter: CourseFilter): Promise<CourseFacets> {
  const { values, value } = valuesOf();
  const { parts, select } = facetsSql(filter, value);
  return facetsFrom(await ctx.db.sql(statement<FacetRow, unknown[]>(`with ${parts} ${select}`), ...values), filter);
}

/** The choices, from the rows that were counted. */
export function facetsFrom(rows: readonly FacetRow[], filter: CourseFilter): CourseFacets {
  const of = (facet: FacetRow['facet']) => rows.filter((row) => row.facet === facet);
  const count = (facet: FacetRow['facet'], fits: (value: string | null) => boolean) =>
    of(facet).reduce((sum, row) => (fits(row.value) ? sum + row.count : sum), 0);
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return {
    total: count('total', () => true),
    isTooBroad: count('found', () => true) >= mostFound,
    categories: of('category')
      .map(({ value, label, parent, count }) => ({ value: value ?? '', label: label ?? '', parent, count }))
      .sort((one, other) => one.label.localeCompare(other.label)),
    levels: Object.entries(levels).map(([value, level]) => ({
      value,
      label: levelLabels[level],
      count: count('level', (own) => own === level),
    })),
    languages: [...new Set([...of('language').map((row) => row.value ?? ''), ...filter.languages])]
      .map((value) => ({ value, label: names.of(value) ?? value, count: count('language', (own) => own === value) }))
      .sort((one, other) => one.label.localeCompare(other.label)),
    lengths: Object.entries(lengths).map(([value, band]) => ({
      value,
      label: lengthLabels[value] ?? value,
      count: count('length', (own) => own === String(band)),
    })),
    ratings: Object.entries(ratings)
      .map(([value, band]) => ({ value, label: `${value} and up`, count: count('rating', (own) => Number(own) >= band) }))
      .sort((one, other) => Number(other.value) - Number(one.value)),
    prices: pricesOf(JSON.parse(of('steps')[0]?.value ?? 'null') as PriceSteps).map(({ value, label }) => ({
      value,
      label,
      count: count('price', (own) => own === String(prices[value])),
    })),
    place: JSON.parse(of('place')[0]?.value ?? 'null') as CategoryPlace | null,
  };
}

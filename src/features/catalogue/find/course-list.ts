import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { type CourseCard, type CourseCardRow, courseCard, courseCardColumns } from '../course-card.ts';
import { type CourseFacets, courseFacets, type FacetRow, facetsFrom, facetsSql } from './course-facets.ts';
import { addressOf, type CourseFilter, type CourseWish, courseFilter, type Place, placeFrom } from './course-filter.ts';
import { pickSorted, pickWalking } from './course-orders.ts';
import { choicesSql, foundSql, valuesOf } from './found.ts';

/** A page of the catalogue. */
export interface CourseListPage {
  courses: CourseCard[];
  /** Where the next page begins; null when this is the last. */
  next: string | null;
  isFirstPage: boolean;
  filter: CourseFilter;
  facets: CourseFacets;
}

const perPage = 24;

/** More courses than are fetched to sort them. */
const largeCategory = 2000;

/** A category and all beneath it, and whether it is large, as the facets know. */
const categoryParts = (slug: string) => `
  beneath as materialized (
    with recursive down as (
      select id from categories where slug = ${slug}
      union select g.id from categories g join down on g.parent_id = down.id)
    select array_agg(id) as ids from down),
  size as materialized (
    select coalesce(sum(course_count), 0) > ${largeCategory} as is_large from course_facets where category_id = (select id from categories where slug = ${slug})),`;

/** Asked of one course after the other (`offset` forbids anything else): a large category is not to be read as a whole. */
const isInCategory =
  'exists (select from course_categories k where k.course_id = c.id and k.category_id = any((select ids from beneath)::uuid[]) offset 0)';

/**
 * Where courses are picked from. In a large category the order is walked until a page is full; of a small one, which the walk would
 * hardly meet, all courses are fetched. The condition that does not hold costs nothing: it is asked once, before either begins.
 */
function sourcesOf(filter: CourseFilter): { from: string; where: string[]; pick: typeof pickSorted }[] {
  const inCategory = filter.category ? [isInCategory] : [];
  if (filter.search) return [{ from: 'found c', where: inCategory, pick: pickSorted }];
  const published = "c.status = 'PUBLISHED'";
  if (!filter.category) return [{ from: 'courses c', where: [published], pick: pickWalking }];
  const small = `(select distinct k.course_id from beneath cross join unnest(beneath.ids) as g (id)
          cross join lateral (select course_id from course_categories where category_id = g.id offset 0) k) k
        cross join lateral (select * from courses where id = k.course_id offset 0) c`;
  return [
    { from: 'courses c', where: ['(select is_large from size)', published, isInCategory], pick: pickWalking },
    { from: small, where: ['not (select is_large from size)', published], pick: pickSorted },
  ];
}

/** The part of a statement that picks a page's courses by the index alone, and the one that then reads what their cards show. */
function pageSql(filter: CourseFilter, after: Place | null, value: (value: unknown) => string): { parts: string; select: string } {
  const choices = choicesSql(filter, value);
  const category = filter.category ? categoryParts(value(filter.category)) : '';
  const conditions = [
    choices.level('c.level'),
    choices.language('c.language'),
    choices.price('c.price_band'),
    choices.length('length_band(c.duration_minutes)'),
    choices.rating('rating_band(c.rating_average, c.review_count)'),
  ];
  // One more than a page shows says whether there is a next one.
  const picks = sourcesOf(filter).map(({ from, where, pick }) =>
    pick({ from, where: [...where, ...conditions], filter, after, atMost: perPage + 1, value }),
  );
  return {
    parts: `${category} picked as materialized (${picks.join(' union all ')})`,
    select: `
    select ${courseCardColumns}, picked.key
      from picked join courses c on c.id = picked.id join people u on u.id = c.instructor_id
     order by picked.sorted desc, picked.id desc`,
  };
}

type Row = CourseCardRow & { key: number };

/** A list without a search: its courses and its numbers are two questions, asked at once. */
async function listed(ctx: Context, filter: CourseFilter, after: Place | null): Promise<{ rows: Row[]; facets: CourseFacets }> {
  const { values, value } = valuesOf();
  const page = pageSql(filter, after, value);
  const [rows, facets] = await Promise.all([
    ctx.db.sql(statement<Row, unknown[]>(`with ${page.parts} ${page.select}`), ...values),
    courseFacets(ctx, filter),
  ]);
  return { rows, facets };
}

/** What a search finds is most of what it costs: it is found once, for the list and for the numbers. */
async function searched(ctx: Context, filter: CourseFilter, after: Place | null): Promise<{ rows: Row[]; facets: CourseFacets }> {
  const { values, value } = valuesOf();
  const found = foundSql(filter, value);
  const page = pageSql(filter, after, value);
  const numbers = facetsSql(filter, value);
  const text = `
    with ${found}, ${page.parts}, ${numbers.parts}
    select 'courses' as facet, (select json_agg(card) from (${page.select}) card)::text as value, null as label, null as parent, 0 as count union all
    ${numbers.select}`;
  const [courses, ...counted] = await ctx.db.sql(statement<FacetRow<'courses'>, unknown[]>(text), ...values);
  return { rows: JSON.parse(courses?.value ?? '[]') as Row[], facets: facetsFrom(counted as FacetRow[], filter) };
}

/** Published courses from a place in the list on, and how many there are of each kind. A wish that means nothing is ignored, as an address may be old. */
export async function courseList(ctx: Context, wish: CourseWish): Promise<CourseListPage> {
  const filter = courseFilter(wish);
  const after = placeFrom(wish.after);
  const { rows, facets } = await (filter.search ? searched : listed)(ctx, filter, after);
  const last = rows.length > perPage ? rows[perPage - 1] : undefined;
  return {
    courses: rows.slice(0, perPage).map(courseCard),
    next: last ? addressOf(last) : null,
    isFirstPage: after === null,
    filter,
    facets,
  };
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { type CourseCard, type CourseCardRow, courseCard, courseCardColumns } from '../course-card.ts';
import { type CourseFacets, courseFacets } from './course-facets.ts';
import { addressOf, type CourseFilter, type CourseSort, type CourseWish, courseFilter, type Place, placeFrom } from './course-filter.ts';
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

/** What each order sorts by: as the index knows it, as a number for the address, and back. */
const orders: Record<CourseSort, { by: string; key: string; from: (key: number) => unknown; type: string }> = {
  relevance: { by: 'c.rank', key: 'c.rank', from: (key) => key, type: 'bigint' },
  popular: { by: 'c.student_count', key: 'c.student_count', from: (key) => key, type: 'bigint' },
  newest: {
    by: 'c.published_at',
    key: '(extract(epoch from c.published_at) * 1000)::bigint',
    from: (key) => new Date(key).toISOString(),
    type: 'timestamptz',
  },
  rating: {
    by: 'rating_rank(c.rating_average, c.review_count)',
    key: 'rating_rank(c.rating_average, c.review_count)',
    from: (key) => key,
    type: 'bigint',
  },
  // Numbers of an address are never below nothing: the rank of what is cheap is, and what has no price at all is one below.
  cheapest: { by: 'cheap_rank(c.price_now)', key: '-cheap_rank(c.price_now)::bigint', from: (key) => -key, type: 'bigint' },
  dearest: { by: 'dear_rank(c.price_now)', key: 'dear_rank(c.price_now)::bigint + 1', from: (key) => key - 1, type: 'bigint' },
};

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
function sourcesOf(filter: CourseFilter): { from: string; where: string[] }[] {
  const inCategory = filter.category ? [isInCategory] : [];
  if (filter.search) return [{ from: 'found c', where: inCategory }];
  const published = "c.status = 'PUBLISHED'";
  if (!filter.category) return [{ from: 'courses c', where: [published] }];
  const small = `(select distinct k.course_id from beneath cross join unnest(beneath.ids) as g (id)
          cross join lateral (select course_id from course_categories where category_id = g.id offset 0) k) k
        cross join lateral (select * from courses where id = k.course_id offset 0) c`;
  return [
    { from: 'courses c', where: ['(select is_large from size)', published, isInCategory] },
    { from: small, where: ['not (select is_large from size)', published] },
  ];
}

/** The statement of a page: picks its courses by the index alone, and then reads what their cards show. */
function pageOf(filter: CourseFilter, after: Place | null): { text: string; values: unknown[] } {
  const { values, value } = valuesOf();
  const { by, key, from, type } = orders[filter.sort];
  const choices = choicesSql(filter, value);
  const found = filter.search ? `${foundSql(filter, value, filter.sort === 'relevance')},` : '';
  const category = filter.category ? categoryParts(value(filter.category)) : '';
  const conditions = [
    choices.level('c.level'),
    choices.language('c.language'),
    choices.price('c.price_band'),
    choices.length('length_band(c.duration_minutes)'),
    choices.rating('rating_band(c.rating_average, c.review_count)'),
    ...(after ? [`(${by}, c.id) < (${value(from(after.key))}::${type}, ${value(after.id)}::uuid)`] : []),
  ];
  // One more than a page shows says whether there is a next one.
  const picks = sourcesOf(filter).map(
    (source) => `(select c.id, ${by} as sorted, ${key} as key from ${source.from}
      where ${[...source.where, ...conditions].join(' and ')} order by ${by} desc, c.id desc limit ${perPage + 1})`,
  );
  const text = `
    with ${found} ${category} picked as materialized (${picks.join(' union all ')})
    select ${courseCardColumns}, picked.key
      from picked join courses c on c.id = picked.id join people u on u.id = c.instructor_id
     order by picked.sorted desc, picked.id desc`;
  return { text, values };
}

/** Published courses from a place in the list on, and how many there are of each kind. A wish that means nothing is ignored, as an address may be old. */
export async function courseList(ctx: Context, wish: CourseWish): Promise<CourseListPage> {
  const filter = courseFilter(wish);
  const after = placeFrom(wish.after);
  const { text, values } = pageOf(filter, after);
  const [rows, facets] = await Promise.all([
    ctx.db.sql(statement<CourseCardRow & { key: number }, unknown[]>(text), ...values),
    courseFacets(ctx, filter),
  ]);
  const last = rows.length > perPage ? rows[perPage - 1] : undefined;
  return {
    courses: rows.slice(0, perPage).map(courseCard),
    next: last ? addressOf(last) : null,
    isFirstPage: after === null,
    filter,
    facets,
  };
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import type { CourseWish } from './find/course-filter.ts';
import { type CourseListPage, courseList } from './find/course-list.ts';

/** A category's page: where it stands in the tree, what lies within it, and its courses. */
export interface CategoryPage {
  slug: string;
  name: string;
  description: string | null;
  /** From the outermost to the one that it lies in. */
  trail: { slug: string; name: string }[];
  /** The categories within it that have courses. */
  children: { slug: string; name: string; courseCount: number }[];
  list: CourseListPage;
}

interface CategoryRow {
  slug: string;
  name: string;
  description: string | null;
  trail: CategoryPage['trail'];
  children: CategoryPage['children'];
}

const categoryBySlug = statement<CategoryRow, [slug: string]>(
  `with recursive above as (
      select p.id, p.parent_id, p.slug, p.name, 1 as height from categories c join categories p on p.id = c.parent_id where c.slug = $1
      union all select p.id, p.parent_id, p.slug, p.name, above.height + 1 from above join categories p on p.id = above.parent_id)
   select c.slug, c.name, c.description,
          coalesce((select json_agg(json_build_object('slug', slug, 'name', name) order by height desc) from above), '[]') as trail,
          coalesce((select json_agg(json_build_object('slug', slug, 'name', name, 'courseCount', courses) order by name)
                      from (select h.slug, h.name, sum(f.course_count)::int as courses
                              from categories h join course_facets f on f.category_id = h.id
                             where h.parent_id = c.id group by h.id having sum(f.course_count) > 0) as child), '[]') as children
     from categories c where c.slug = $1`,
);

/** The page of a category; its courses are also those of the categories within it. */
export async function categoryPage(ctx: Context, wish: Omit<CourseWish, 'category'> & { slug: string }): Promise<CategoryPage> {
  const [[category], list] = await Promise.all([ctx.db.sql(categoryBySlug, wish.slug), courseList(ctx, { ...wish, category: wish.slug })]);
  if (!category) throw new AppError('not-found', 'There is no such category.');
  return { ...category, list };
}

import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import type { CategoryPlace } from './find/category-place.ts';
import type { CourseWish } from './find/course-filter.ts';
import { type CourseFinder, courseFinder } from './find/course-finder.ts';
import { courseList } from './find/course-list.ts';

/** A category's page: where it stands in the tree, what lies within it, and its courses. */
export interface CategoryPage extends CategoryPlace {
  finder: CourseFinder;
}

/** The page of a category; its courses are also those of the categories within it. */
export async function categoryPage(ctx: Context, wish: Omit<CourseWish, 'category'> & { slug: string }): Promise<CategoryPage> {
  const list = await courseList(ctx, { ...wish, category: wish.slug });
  const { place } = list.facets;
  if (!place) throw new AppError('not-found', 'There is no such category.');
  return { ...place, finder: courseFinder(list, `/categories/${wish.slug}`) };
}

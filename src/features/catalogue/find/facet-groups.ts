import { categoryTree } from './category-tree.ts';
import type { CourseListPage } from './course-list.ts';

/** One thing that courses differ by, with what there is to choose: any number of it, or one. */
export interface FacetGroup {
  title: string;
  name: string;
  kind: 'checkbox' | 'radio';
  options: FacetChoice[];
  chosen: string[];
}

interface FacetChoice {
  value: string;
  label: string;
  /** How many courses there would be; null where nothing is narrowed down. */
  count: number | null;
  /** How deep it lies in the tree of categories. */
  depth?: number;
}

/** What courses can be chosen by. What offers no choice is left out, unless it was chosen; so is the category where it is the page's own. */
export function facetGroups({ filter, facets }: Pick<CourseListPage, 'filter' | 'facets'>, base: string): FacetGroup[] {
  const one = (title: string, name: string, all: string, options: FacetChoice[], chosen: string | null): FacetGroup => ({
    title,
    name,
    kind: 'radio',
    options: [{ value: '', label: all, count: null }, ...options],
    chosen: [chosen ?? ''],
  });
  const many = (title: string, name: string, options: FacetChoice[], chosen: string[]): FacetGroup => ({
    title,
    name,
    kind: 'checkbox',
    options,
    chosen,
  });
  const offers = (options: readonly { count: number }[], chosen: string[] | string | null) =>
    options.some(({ count }) => count > 0) || Boolean(chosen?.length);
  const isCategoryGiven = base.startsWith('/categories/');
  const fields = categoryTree(facets.categories, filter.category).map(({ value, label, count, depth }) => ({ value, label, count, depth }));
  return [
    ...(!isCategoryGiven && fields.length > 0 ? [one('Field', 'category', 'All fields', fields, filter.category)] : []),
    ...(offers(facets.levels, filter.levels) ? [many('Level', 'level', facets.levels, filter.levels)] : []),
    ...(offers(facets.prices, filter.prices) ? [many('Price', 'price', facets.prices, filter.prices)] : []),
    ...(offers(facets.lengths, filter.lengths) ? [many('Length', 'length', facets.lengths, filter.lengths)] : []),
    ...(offers(facets.ratings, filter.rating) ? [one('Rating', 'rating', 'Any', facets.ratings, filter.rating)] : []),
    ...(facets.languages.length > 1 || filter.languages.length > 0
      ? [many('Language', 'language', facets.languages, filter.languages)]
      : []),
  ];
}

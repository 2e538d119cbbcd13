import type { CourseFilter } from './course-filter.ts';

/** The address of a list of courses: what is chosen and where it goes on. A page that is about a category says it by its own address. */
export function catalogueAddress(base: string, filter: CourseFilter, after: string | null = null): string {
  const words = new URLSearchParams();
  const usual = filter.search ? 'relevance' : 'newest';
  if (filter.search) words.set('q', filter.search);
  if (filter.category && !base.startsWith('/categories/')) words.set('category', filter.category);
  for (const [name, values] of [
    ['level', filter.levels],
    ['language', filter.languages],
    ['price', filter.prices],
    ['length', filter.lengths],
  ] as const)
    for (const value of values) words.append(name, value);
  if (filter.rating) words.set('rating', filter.rating);
  if (filter.sort !== usual) words.set('sort', filter.sort);
  if (after) words.set('after', after);
  return words.size > 0 ? `${base}?${words}` : base;
}

/** Nothing chosen but the order. */
export function nothingChosen(filter: CourseFilter): CourseFilter {
  const sort = filter.sort === 'relevance' ? 'newest' : filter.sort;
  return { search: '', category: null, levels: [], languages: [], prices: [], lengths: [], rating: null, sort };
}

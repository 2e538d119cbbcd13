import { catalogueAddress } from './address.ts';
import type { CourseFilter } from './course-filter.ts';
import type { CourseListPage } from './course-list.ts';

/** Something that was chosen, in words, and the address of the list without it. */
export interface Chosen {
  label: string;
  without: string;
}

/** All that narrows a list down. The category is left out where it is the page's own. */
export function chosenOf(list: Pick<CourseListPage, 'filter' | 'facets'>, base: string): Chosen[] {
  const { filter, facets } = list;
  const chosen: Chosen[] = [];
  const add = (label: string, change: Partial<CourseFilter>) =>
    chosen.push({ label, without: catalogueAddress(base, { ...filter, ...change }) });
  const labelOf = (options: readonly { value: string; label: string }[], value: string) =>
    options.find((option) => option.value === value)?.label ?? value;
  if (filter.search) add(`“${filter.search}”`, { search: '', sort: filter.sort === 'relevance' ? 'newest' : filter.sort });
  if (filter.category && !base.startsWith('/categories/')) add(labelOf(facets.categories, filter.category), { category: null });
  for (const level of filter.levels) add(labelOf(facets.levels, level), { levels: filter.levels.filter((other) => other !== level) });
  for (const price of filter.prices) add(labelOf(facets.prices, price), { prices: filter.prices.filter((other) => other !== price) });
  for (const length of filter.lengths)
    add(labelOf(facets.lengths, length), { lengths: filter.lengths.filter((other) => other !== length) });
  if (filter.rating) add(`Rated ${labelOf(facets.ratings, filter.rating)}`, { rating: null });
  for (const language of filter.languages)
    add(labelOf(facets.languages, language), { languages: filter.languages.filter((other) => other !== language) });
  return chosen;
}

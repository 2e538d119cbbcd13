import type { CourseCard } from '../course-card.ts';
import { countOf } from '../labels.ts';
import { catalogueAddress } from './address.ts';
import { type Chosen, chosenOf } from './chosen.ts';
import type { CourseSort } from './course-filter.ts';
import type { CourseListPage } from './course-list.ts';
import { type FacetGroup, facetGroups } from './facet-groups.ts';
import { type NothingFound, nothingFound } from './nothing-found.ts';

/** A list of courses as it is shown: all words and addresses are in it, so that a browser has nothing to work out. */
export interface CourseFinder {
  /** The page's own address. */
  base: string;
  search: string;
  courses: CourseCard[];
  /** How many fit, in words. */
  count: string;
  isTooBroad: boolean;
  chosen: Chosen[];
  /** Null where there is nothing to narrow down. */
  groups: FacetGroup[] | null;
  sorts: { value: string; label: string }[];
  /** One of their values. */
  sort: string;
  nothing: NothingFound | null;
  previousHref: string | null;
  nextHref: string | null;
}

const sortLabels: Record<CourseSort, string> = {
  relevance: 'Best match',
  popular: 'Most students',
  newest: 'Newest',
  rating: 'Best rated',
  cheapest: 'Lowest price',
  dearest: 'Highest price',
};

/** A list as the page at this address shows it. */
export function courseFinder(list: CourseListPage, base: string): CourseFinder {
  const { filter, facets, courses } = list;
  const chosen = chosenOf(list, base);
  // Words that nothing fits leave nothing to narrow down.
  const hasChoices = facets.total > 0 || chosen.length > (filter.search ? 1 : 0);
  const usual: CourseSort = filter.search ? 'relevance' : 'newest';
  const others = (Object.keys(sortLabels) as CourseSort[]).filter((sort) => sort !== usual && sort !== 'relevance');
  return {
    base,
    search: filter.search,
    courses,
    count: countOf(facets.total, 'course'),
    isTooBroad: facets.isTooBroad,
    chosen,
    groups: hasChoices ? facetGroups(list, base) : null,
    // The usual order has no word in the address, so that a search begun from any list is sorted by relevance.
    sorts: [{ value: '', label: sortLabels[usual] }, ...others.map((value) => ({ value, label: sortLabels[value] }))],
    sort: filter.sort === usual ? '' : filter.sort,
    nothing: nothingFound(list, base, chosen),
    previousHref: list.isFirstPage || courses.length === 0 ? null : catalogueAddress(base, filter),
    nextHref: list.next ? catalogueAddress(base, filter, list.next) : null,
  };
}

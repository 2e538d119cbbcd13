import { expect, test } from 'vitest';
import type { CourseCard } from '../course-card.ts';
import type { CourseFacets } from './course-facets.ts';
import { type CourseWish, courseFilter } from './course-filter.ts';
import { courseFinder } from './course-finder.ts';

const none: CourseFacets = {
  total: 0,
  isTooBroad: false,
  categories: [],
  levels: [],
  languages: [],
  lengths: [],
  ratings: [],
  prices: [],
  place: null,
};
const beginner = { value: 'beginner', label: 'Beginner', count: 3 };
const cooking = { value: 'cooking', label: 'Cooking', count: 3, parent: null };
const courses = [{ slug: 'bread' } as CourseCard];

function finderOf(
  wish: CourseWish,
  found: { courses?: CourseCard[]; facets?: Partial<CourseFacets>; isFirstPage?: boolean },
  base = '/courses',
) {
  const list = { next: null, isFirstPage: true, courses: [], ...found, filter: courseFilter(wish), facets: { ...none, ...found.facets } };
  return courseFinder(list, base);
}

test('what offers no choice is left out, unless it was chosen', () => {
  const names = (wish: CourseWish, facets: Partial<CourseFacets>, base?: string) =>
    finderOf(wish, { courses, facets: { total: 3, ...facets } }, base).groups?.map(({ name }) => name);
  expect(names({}, {})).toEqual([]);
  expect(names({}, { levels: [{ ...beginner, count: 0 }] })).toEqual([]);
  expect(names({ level: ['beginner'] }, { levels: [{ ...beginner, count: 0 }] })).toEqual(['level']);
  expect(names({}, { levels: [beginner], categories: [cooking] })).toEqual(['category', 'level']);
  expect(names({ category: 'cooking' }, { categories: [cooking] }, '/categories/cooking')).toEqual([]);
});

test('words that nothing fits leave nothing to narrow down, but choices beside them can be taken back', () => {
  expect(finderOf({ q: 'xyzzy' }, {}).groups).toBeNull();
  expect(finderOf({ q: 'xyzzy', level: ['beginner'] }, {}).groups).toHaveLength(1);
});

test('an empty list says why it is empty, and leads on', () => {
  const said = (wish: CourseWish, isFirstPage = true) => {
    const { nothing } = finderOf(wish, { isFirstPage, facets: { levels: [beginner] } });
    return [nothing?.title, nothing?.ways.map(({ label, href }) => `${label}: ${href}`)];
  };
  expect(said({})).toEqual(['No courses yet', []]);
  expect(said({}, false)).toEqual(['You have seen them all', ['Back to the first: /courses']]);
  expect(said({ q: 'xyzzy' })).toEqual(['Nothing found for “xyzzy”', ['Show all courses: /courses']]);
  expect(said({ level: ['beginner'] })).toEqual(['No course like that yet', ['Show all courses: /courses']]);
  expect(said({ q: 'xyzzy', level: ['beginner'] })).toEqual([
    'Nothing fits all of that',
    ['Without “xyzzy”: /courses?level=beginner', 'Without Beginner: /courses?q=xyzzy', 'Show all courses: /courses'],
  ]);
  expect(finderOf({}, { courses }).nothing).toBeNull();
});

test('the usual order has no word in the address, and is another one for a search', () => {
  const sorts = (wish: CourseWish) => {
    const { sort, sorts } = finderOf(wish, { courses });
    return [sort, sorts[0]?.label, sorts.some(({ value }) => value === 'newest')];
  };
  expect(sorts({})).toEqual(['', 'Newest', false]);
  expect(sorts({ q: 'bread' })).toEqual(['', 'Best match', true]);
  expect(sorts({ q: 'bread', sort: 'newest' })).toEqual(['newest', 'Best match', true]);
});

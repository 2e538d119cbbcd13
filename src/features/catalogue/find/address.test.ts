import { expect, test } from 'vitest';
import { catalogueAddress, nothingChosen } from './address.ts';
import { courseFilter, placeFrom, searchWords } from './course-filter.ts';

test('an address says all that is chosen, and is read back as it was', () => {
  const wish = {
    q: 'bread & salt',
    category: 'cooking',
    level: ['expert', 'beginner'],
    language: ['en'],
    price: ['free', 'high'],
    length: ['1-3h'],
    rating: '4',
  };
  const filter = courseFilter({ ...wish, sort: 'rating' });
  const address = new URL(catalogueAddress('/courses', filter, '7.x'), 'https://school.test');
  const read = (name: string) => address.searchParams.get(name);
  const list = (name: string) => address.searchParams.getAll(name);
  expect(read('after')).toBe('7.x');
  expect(
    courseFilter({
      q: read('q'),
      category: read('category'),
      level: list('level'),
      language: list('language'),
      price: list('price'),
      length: list('length'),
      rating: read('rating'),
      sort: read('sort'),
    }),
  ).toEqual(filter);
});

test('an address says nothing that is usual anyway', () => {
  expect(catalogueAddress('/courses', courseFilter({}))).toBe('/courses');
  expect(catalogueAddress('/courses', courseFilter({ q: 'bread', sort: 'relevance' }))).toBe('/courses?q=bread');
  expect(catalogueAddress('/categories/cooking', courseFilter({ category: 'cooking' }))).toBe('/categories/cooking');
  expect(catalogueAddress('/courses', nothingChosen(courseFilter({ q: 'bread', level: ['expert'] })))).toBe('/courses');
});

test('what means nothing is left out', () => {
  const odd = {
    category: "' or 1=1",
    level: ['impossible'],
    language: ['<b>'],
    free: 'yes',
    price: ['20'],
    length: ['9'],
    rating: '7',
    sort: 'luck',
  };
  expect(courseFilter(odd)).toEqual(courseFilter({}));
  expect(courseFilter({ free: '1' })).toEqual(courseFilter({ price: ['free'] }));
  expect(courseFilter({ sort: 'relevance' }).sort).toBe('newest');
  for (const after of ['', 'nowhere', '1.2', '5.00000000-0000-7000-8000-00000000000g']) expect(placeFrom(after)).toBeNull();
});

test.each([
  ['bread', "'bread':*"],
  ['bread and s', "'bread' & 'and' & 's'"],
  ["don't | (drop) !tables:*", "'don' & 't' & 'drop' & 'tables':*"],
  ['   ', ''],
  ['a b c d e f g h i j', "'a' & 'b' & 'c' & 'd' & 'e' & 'f' & 'g' & 'h'"],
])('of “%s” the words are looked for, the last as a beginning', (search, words) => {
  expect(searchWords(search)).toBe(words);
});

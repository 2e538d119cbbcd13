import { type CourseFilter, lengths, levels, prices, ratings, searchWords, typedWords } from './course-filter.ts';

/** The most courses that a search looks at, the first in the order asked for: each is ranked and counted, so that more would cost what the school is large. */
export const mostFound = 500;

/** Collects the values of a statement and gives their places. */
export function valuesOf(): { values: unknown[]; value: (value: unknown) => string } {
  const values: unknown[] = [];
  return { values, value: (value) => `$${values.push(value)}` };
}

const languages = 'array(select distinct language from course_facets where category_id is null)';

/** The courses that a search finds, as `found`: those with its words, and when there are none, those with the words that may have been meant. */
export function foundSql({ search, sort }: CourseFilter, value: (value: unknown) => string): string {
  const typed = typedWords(search);
  // Looking for the beginnings of words costs most: not where a word before is in no course at all.
  const isKnown = typed ? `where has_words(${value(typed)}::text, ${languages})` : '';
  return `
    exact as materialized (
      select * from found_courses(
        course_query(${value(searchWords(search))}::text, ${languages}), ${value(sort)}::text, ${sort === 'relevance'}, ${mostFound}) ${isKnown}),
    found as materialized (
      select * from exact
      union all
      select * from meant_courses(${value(search)}::text) where not exists (select from exact))`;
}

/** What a facet asks of a course, given the SQL of the course's own value. Each is true where nothing was chosen. */
export function choicesSql(filter: CourseFilter, value: (value: unknown) => string): Record<Choice, (own: string) => string> {
  const list = (values: readonly unknown[]) => value(values.length > 0 ? values : null);
  const chosen = {
    level: list(filter.levels.map((word) => levels[word])),
    language: list(filter.languages),
    price: list(filter.prices.map((word) => prices[word])),
    length: list(filter.lengths.map((word) => lengths[word])),
    rating: value(filter.rating === null ? null : ratings[filter.rating]),
  };
  return {
    level: (own) => `(${chosen.level}::level[] is null or ${own} = any(${chosen.level}::level[]))`,
    language: (own) => `(${chosen.language}::text[] is null or ${own} = any(${chosen.language}::text[]))`,
    price: (own) => `(${chosen.price}::int[] is null or ${own} = any(${chosen.price}::int[]))`,
    length: (own) => `(${chosen.length}::int[] is null or ${own} = any(${chosen.length}::int[]))`,
    rating: (own) => `(${chosen.rating}::int is null or ${own} >= ${chosen.rating}::int)`,
  };
}

export type Choice = 'level' | 'language' | 'price' | 'length' | 'rating';

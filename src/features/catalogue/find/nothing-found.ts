import type { Chosen } from './chosen.ts';
import type { CourseListPage } from './course-list.ts';

/** What an empty list says, and ways on from it. */
export interface NothingFound {
  title: string;
  text: string;
  ways: { label: string; href: string; variant: 'secondary' | 'quiet' }[];
}

/** The words for a list that nothing is on, by what was asked of it; null where something is. */
export function nothingFound(list: CourseListPage, base: string, chosen: readonly Chosen[]): NothingFound | null {
  if (list.courses.length > 0) return null;
  const back = (label: string): NothingFound['ways'] => [{ label, href: base, variant: 'secondary' }];
  if (chosen.length > 1)
    return {
      title: 'Nothing fits all of that',
      text: 'Each choice narrows the list. Take one away, and there is more to see.',
      ways: [
        ...chosen.slice(-2).map(({ label, without }) => ({ label: `Without ${label}`, href: without, variant: 'secondary' as const })),
        { label: 'Show all courses', href: base, variant: 'quiet' },
      ],
    };
  if (list.filter.search)
    return {
      title: `Nothing found for “${list.filter.search}”`,
      text: 'Words that are spelled alike were looked for, too. Try a broader word, or look around by field.',
      ways: back('Show all courses'),
    };
  if (chosen.length > 0)
    return { title: 'No course like that yet', text: 'Widen the choice, and there is more to see.', ways: back('Show all courses') };
  if (list.isFirstPage) return { title: 'No courses yet', text: 'The first course will stand here as soon as it is published.', ways: [] };
  return { title: 'You have seen them all', text: 'There are no courses after those before.', ways: back('Back to the first') };
}

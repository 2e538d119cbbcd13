import { amara, type DemoPerson, lucia, tomas } from './people.ts';

interface DemoCourse {
  /** Beneath demo/courses. */
  folder: string;
  instructor: DemoPerson;
  /** Counted back from the day of loading. */
  publishedDaysAgo: number;
}

/** Oldest first; the catalogue shows the newest first. */
export const demoCourses: readonly DemoCourse[] = [
  { folder: 'postgresql-for-people-who-build-things', instructor: tomas, publishedDaysAgo: 364 },
  { folder: 'strength-training-the-calm-way', instructor: amara, publishedDaysAgo: 338 },
  { folder: 'seeing-light', instructor: amara, publishedDaysAgo: 301 },
  { folder: 'plain-sentences', instructor: lucia, publishedDaysAgo: 272 },
  { folder: 'pages-for-everyone', instructor: tomas, publishedDaysAgo: 246 },
  { folder: 'bread-from-four-ingredients', instructor: lucia, publishedDaysAgo: 215 },
  { folder: 'running-from-zero-to-ten-kilometers', instructor: amara, publishedDaysAgo: 181 },
  { folder: 'your-money-on-one-page', instructor: lucia, publishedDaysAgo: 150 },
  { folder: 'watercolor-in-twelve-strokes', instructor: amara, publishedDaysAgo: 117 },
  { folder: 'numbers-that-do-not-fool-you', instructor: tomas, publishedDaysAgo: 88 },
  { folder: 'spanish-from-the-first-conversation', instructor: lucia, publishedDaysAgo: 54 },
  { folder: 'typescript-from-first-principles', instructor: tomas, publishedDaysAgo: 26 },
];

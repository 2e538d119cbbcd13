import { formatDuration } from '#platform/time.ts';
import { dayInWords } from '../ui/day-in-words.ts';
import type { Snapshot } from './certificate.ts';

/** What a certificate says beneath the title of its course. */
export function factsInWords({ lessonCount, learnedSeconds, completedOn }: Snapshot): string[] {
  return [
    `Completed on ${dayInWords(completedOn)}`,
    ...(lessonCount > 0 ? [`${lessonCount} ${lessonCount === 1 ? 'lesson' : 'lessons'}`] : []),
    ...(learnedSeconds >= 60 ? [`${formatDuration(learnedSeconds)} of learning`] : []),
  ];
}

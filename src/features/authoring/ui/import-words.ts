type State = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'UNDONE';
type Tone = 'neutral' | 'accent' | 'success' | 'danger';

/** The state of an import in a word. */
export const stateWords: Record<State, { label: string; tone: Tone }> = {
  QUEUED: { label: 'Waiting', tone: 'neutral' },
  RUNNING: { label: 'Importing', tone: 'accent' },
  DONE: { label: 'Imported', tone: 'success' },
  FAILED: { label: 'Not imported', tone: 'danger' },
  UNDONE: { label: 'Undone', tone: 'neutral' },
};

interface Counts {
  chapters: number;
  lessons: number;
  videos: number;
  questions: number;
  pictures: number;
  attachments: number;
}

const things: [keyof Counts, string][] = [
  ['chapters', 'chapter'],
  ['lessons', 'lesson'],
  ['videos', 'film'],
  ['questions', 'question'],
  ['pictures', 'picture'],
  ['attachments', 'attachment'],
];

/** How much came in: `6 chapters, 58 lessons`. */
export function countsInWords(counts: Counts): string {
  return things
    .filter(([name]) => counts[name] > 0)
    .map(([name, word]) => `${counts[name].toLocaleString('en')} ${word}${counts[name] === 1 ? '' : 's'}`)
    .join(', ');
}

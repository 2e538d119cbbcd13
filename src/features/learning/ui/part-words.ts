import type { LessonStatus } from '#features/packages/index.server.ts';

/** What a part of a package came to, in a word. */
export const partStates: Record<LessonStatus, { tone: 'success' | 'danger' | 'neutral'; words: string }> = {
  passed: { tone: 'success', words: 'Passed' },
  completed: { tone: 'success', words: 'Completed' },
  failed: { tone: 'danger', words: 'Not passed' },
  incomplete: { tone: 'neutral', words: 'Begun' },
  browsed: { tone: 'neutral', words: 'Looked at' },
  'not attempted': { tone: 'neutral', words: 'Begun' },
};

/** The score of a part, if it has one: "85 of 100". */
export function scoreInWords({ score, highestScore }: { score: number | null; highestScore: number | null }): string | null {
  if (score === null) return null;
  return highestScore === null ? String(score) : `${score} of ${highestScore}`;
}

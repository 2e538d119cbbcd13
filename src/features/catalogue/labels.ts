/** The levels of courses, from the easiest, with their words. */
export const levelLabels = { BEGINNER: 'Beginner', INTERMEDIATE: 'Intermediate', ADVANCED: 'Advanced', EXPERT: 'Expert' } as const;

export type Level = keyof typeof levelLabels;

/** A number of things in words: "1 lesson", "12 lessons". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

const lessonTypeLabels: Record<string, string> = {
  VIDEO: 'Video',
  TEXT: 'Text',
  QUIZ: 'Quiz',
  ASSIGNMENT: 'Assignment',
  LIVE_SESSION: 'Live session',
  PACKAGE: 'Interactive',
};

/** The word for a kind of lesson. */
export function lessonTypeLabel(type: string): string {
  return lessonTypeLabels[type] ?? 'Lesson';
}

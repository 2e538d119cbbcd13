import { expect, test } from 'vitest';
import { completionWords } from './completion-words.ts';

const rule = (required: number, requires: Partial<Record<'lessons' | 'quizzes' | 'assignments', boolean>> = { lessons: true }) => ({
  lessons: false,
  quizzes: false,
  assignments: false,
  ...requires,
  required,
});

test.each([
  ['nothing that counts yet', rule(0), 3, null],
  ['one lesson', rule(1), 1, 'Finish its lesson.'],
  ['every lesson', rule(9), 9, 'Finish all 9 lessons.'],
  ['all but one', rule(8), 9, 'Finish 8 of the 9 lessons. The other one is there if you want it.'],
  ['some', rule(7), 9, 'Finish 7 of the 9 lessons. The other 2 are there if you want them.'],
  ['quizzes alone', rule(3, { quizzes: true }), 9, 'Pass every quiz: 3 in all. Every other lesson is there to learn from.'],
  ['quizzes and assignments', rule(4, { quizzes: true, assignments: true }), 4, 'Pass every quiz and hand in every assignment: 4 in all.'],
])('a course is completed by %s', (_, completion, lessonCount, words) => {
  expect(completionWords(completion, lessonCount)).toBe(words);
});

import { expect, test } from 'vitest';
import { chapterStep, lessonStep, type PlacedChapter, placeOfChapter, placeOfLesson, withChapterAt, withLessonAt } from './places.ts';

/** "a1,a2 b1" is two chapters, the empty word "-" one without lessons. */
const outline = (words: string): PlacedChapter[] =>
  words.split(' ').map((word, index) => ({ id: `chapter ${index}`, lessons: word === '-' ? [] : word.split(',').map((id) => ({ id })) }));
const words = (chapters: PlacedChapter[]) => chapters.map(({ lessons }) => lessons.map(({ id }) => id).join(',') || '-').join(' ');

test.each([
  ['up in its chapter', 'a1,a2,a3 b1', 'a3', 'up', 'a1,a3,a2 b1'],
  ['down in its chapter', 'a1,a2,a3 b1', 'a1', 'down', 'a2,a1,a3 b1'],
  ['up over the beginning of its chapter to the end of the one before', 'a1,a2 b1,b2', 'b1', 'up', 'a1,a2,b1 b2'],
  ['down over the end of its chapter to the beginning of the next', 'a1,a2 b1,b2', 'a2', 'down', 'a1 a2,b1,b2'],
  ['into a chapter without lessons', 'a1 - b1', 'a1', 'down', '- a1 b1'],
  ['nowhere from the very beginning', 'a1,a2 b1', 'a1', 'up', null],
  ['nowhere from the very end', 'a1 b1', 'b1', 'down', null],
] as const)('a lesson steps %s', (_, before, lesson, direction, after) => {
  const step = lessonStep(outline(before), lesson, direction);
  expect(step && words(withLessonAt(outline(before), lesson, step))).toBe(after);
});

test('as many steps back lead a lesson back, through every place of the course', () => {
  let chapters = outline('a1,a2 - b1 c1,c2');
  const seen = [words(chapters)];
  for (let step = lessonStep(chapters, 'a1', 'down'); step; step = lessonStep(chapters, 'a1', 'down')) {
    chapters = withLessonAt(chapters, 'a1', step);
    seen.push(words(chapters));
  }
  expect(seen.at(-1)).toBe('a2 - b1 c1,c2,a1');
  for (const expected of seen.reverse().slice(1)) {
    chapters = withLessonAt(chapters, 'a1', lessonStep(chapters, 'a1', 'up')!);
    expect(words(chapters)).toBe(expected);
  }
});

test('a chapter steps past its neighbors, with its lessons', () => {
  const chapters = outline('a1 b1 c1');
  expect(words(withChapterAt(chapters, 'chapter 0', chapterStep(chapters, 'chapter 0', 'down')!))).toBe('b1 a1 c1');
  expect(words(withChapterAt(chapters, 'chapter 2', chapterStep(chapters, 'chapter 2', 'up')!))).toBe('a1 c1 b1');
  expect([chapterStep(chapters, 'chapter 0', 'up'), chapterStep(chapters, 'chapter 2', 'down')]).toEqual([null, null]);
});

test('a place named by its neighbors is the place itself', () => {
  const chapters = outline('a1,a2,a3 b1');
  for (const id of ['a1', 'a2', 'a3', 'b1']) expect(words(withLessonAt(chapters, id, placeOfLesson(chapters, id)))).toBe('a1,a2,a3 b1');
  for (const { id } of chapters) expect(words(withChapterAt(chapters, id, placeOfChapter(chapters, id)))).toBe('a1,a2,a3 b1');
});

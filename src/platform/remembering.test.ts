import { expect, test } from 'vitest';
import { remembering } from './remembering.ts';

test('what was asked for last is not made again, and what nobody asked for the longest is forgotten', () => {
  const made: string[] = [];
  const shout = remembering(2, (text) => {
    made.push(text);
    return text.toUpperCase();
  });
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(shout)).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

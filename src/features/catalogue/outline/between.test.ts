import { expect, test } from 'vitest';
import { neighborsOf, putBetween } from './between.ts';

const row = ['a', 'b', 'c', 'd'];

test.each([
  ['between two', 'd', { afterId: 'a', beforeId: 'b' }, 'adbc'],
  ['first', 'c', { afterId: null, beforeId: 'a' }, 'cabd'],
  ['last', 'a', { afterId: 'd', beforeId: null }, 'bcda'],
  ['where it is', 'b', { afterId: 'a', beforeId: 'c' }, 'abcd'],
  ['as a new one', 'x', { afterId: 'b', beforeId: 'c' }, 'abxcd'],
  ['after what it follows, when its neighbors are apart by now', 'd', { afterId: 'a', beforeId: 'c' }, 'adbc'],
  ['before what it precedes, when what it follows is gone', 'd', { afterId: 'gone', beforeId: 'b' }, 'adbc'],
  ['last, when both are gone', 'a', { afterId: 'gone', beforeId: 'lost' }, 'bcda'],
  ['first, when it was put there before something that is gone', 'c', { afterId: null, beforeId: 'gone' }, 'cabd'],
  ['first, when the row was empty for whoever moved it and is not any more', 'x', { afterId: null }, 'xabcd'],
  ['last, when nobody says where', 'a', {}, 'bcda'],
])('something is put %s', (_, member, between, expected) => {
  expect(putBetween(row, member, between).join('')).toBe(expected);
});

test('the neighbors of something lead back to its place', () => {
  for (const member of row) expect(putBetween(row, member, neighborsOf(row, member))).toEqual(row);
});

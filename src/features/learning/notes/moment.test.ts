import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentInWords, momentOf } from './moment.ts';

test('a moment is written as players write it', () => {
  expect([0, 9, 75, 600, 3599, 3600, 3723].map(momentInWords)).toEqual(['0:00', '0:09', '1:15', '10:00', '59:59', '1:00:00', '1:02:03']);
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 359_999 }), (seconds) => {
      expect(momentOf(momentInWords(seconds))).toBe(seconds);
    }),
  );
});

test('nothing is no moment, minutes may pass the hour, and what is none is refused', () => {
  expect(['', '  '].map(momentOf)).toEqual([null, null]);
  expect(momentOf('90:00')).toBe(5400);
  for (const typed of ['75', '1:5', '1:60', '1:75:00', '-1:00', '1:00:00:00', 'soon', '1.15', '999:59:59']) {
    expect([typed, momentOf(typed)]).toEqual([typed, undefined]);
  }
});

import { expect, test } from 'vitest';
import { momentsOf, rangeBefore, readRange } from './range.ts';

const now = new Date('2026-05-04T10:00:00Z');

test.each([
  [{}, { from: '2026-04-05', to: '2026-05-04' }],
  [
    { from: '2026-01-01', to: '2026-03-31' },
    { from: '2026-01-01', to: '2026-03-31' },
  ],
  [
    { from: '2026-04-31', to: 'yesterday' },
    { from: '2026-05-01', to: '2026-05-04' },
  ],
  [
    { from: '2026-05-01', to: '2026-04-01' },
    { from: '2026-04-01', to: '2026-04-01' },
  ],
  [
    { from: '2001-01-01', to: '2026-01-01' },
    { from: '2024-01-02', to: '2026-01-01' },
  ],
])('%o is read as %o', (asked, range) => expect(readRange(asked, now)).toEqual(range));

test('a range is compared with as many days before it, or with the same days a year ago', () => {
  const march = { from: '2026-03-01', to: '2026-03-31' };
  expect(rangeBefore(march, 'previous')).toEqual({ from: '2026-01-29', to: '2026-02-28' });
  expect(rangeBefore(march, 'year')).toEqual({ from: '2025-03-01', to: '2025-03-31' });
  expect(rangeBefore({ from: '2024-02-29', to: '2024-02-29' }, 'year')).toEqual({ from: '2023-02-28', to: '2023-02-28' });
});

test('the last day of a range belongs to it whole', () => {
  expect(momentsOf({ from: '2026-02-28', to: '2026-02-28' })).toEqual(['2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z']);
});

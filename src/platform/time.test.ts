import { expect, test } from 'vitest';
import { formatDuration, isTimeZone, localDate } from './time.ts';

test('the learner’s day is the day on the learner’s own calendar', () => {
  const instant = new Date('2026-03-08T06:30:00Z');
  expect(localDate(instant, 'America/New_York')).toBe('2026-03-08');
  expect(localDate(instant, 'America/Los_Angeles')).toBe('2026-03-07');
  expect(localDate(instant, 'Pacific/Kiritimati')).toBe('2026-03-08');
  expect(localDate(instant, 'Nowhere/Land')).toBe('2026-03-08');
});

test('days follow the clock across a daylight-saving change', () => {
  expect(localDate(new Date('2026-03-29T00:59:59Z'), 'Europe/Berlin')).toBe('2026-03-29');
  expect(localDate(new Date('2026-10-25T22:59:59Z'), 'Europe/Berlin')).toBe('2026-10-25');
  expect(localDate(new Date('2026-10-25T23:00:00Z'), 'Europe/Berlin')).toBe('2026-10-26');
});

test('a time zone is known or not', () => {
  expect(isTimeZone('Asia/Kolkata')).toBe(true);
  expect(isTimeZone('Mars/Olympus')).toBe(false);
});

test('lengths of time read naturally', () => {
  expect([0, 45, 60, 754, 3600, 3900].map(formatDuration)).toEqual(['0 s', '45 s', '1 min', '13 min', '1 h', '1 h 5 min']);
});

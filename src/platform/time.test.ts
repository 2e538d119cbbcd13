import { expect, test } from 'vitest';
import { formatDuration, fromWallClock, isTimeZone, localDate, wallClock } from './time.ts';

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

test.each([
  ['2026-05-11T10:00', 'UTC', '2026-05-11T10:00:00.000Z'],
  ['2026-05-11T10:00', 'Europe/Vienna', '2026-05-11T08:00:00.000Z'],
  ['2026-05-11T10:00', 'Asia/Kathmandu', '2026-05-11T04:15:00.000Z'],
  ['2026-05-11T10:00', 'Pacific/Kiritimati', '2026-05-10T20:00:00.000Z'],
  ['2026-10-25T02:30', 'Europe/Vienna', '2026-10-25T00:30:00.000Z'],
  ['2026-05-11T10:00', 'Nowhere/Land', '2026-05-11T10:00:00.000Z'],
])('%s in %s is a moment, and the clock there shows it so', (text, timeZone, moment) => {
  const instant = fromWallClock(text, timeZone);
  expect(instant?.toISOString()).toBe(moment);
  expect(wallClock(instant!, timeZone)).toBe(text);
});

test('an hour that the clocks pass over is the one after it', () => {
  expect(wallClock(fromWallClock('2026-03-29T02:30', 'Europe/Vienna')!, 'Europe/Vienna')).toBe('2026-03-29T03:30');
});

test.each(['', 'tomorrow', '2026-02-30', '2026-13-01T10:00', '2026-05-11T25:00'])('“%s” is no time', (text) => {
  expect(fromWallClock(text, 'UTC')).toBeNull();
});

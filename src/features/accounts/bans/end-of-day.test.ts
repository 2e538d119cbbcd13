import { expect, test } from 'vitest';
import { endOfDay } from './end-of-day.ts';

test.each([
  ['2026-12-24', 'UTC', '2026-12-25T00:00:00.000Z'],
  ['2026-12-24', 'Europe/Berlin', '2026-12-24T23:00:00.000Z'],
  ['2026-12-24', 'America/Los_Angeles', '2026-12-25T08:00:00.000Z'],
  ['2026-12-24', 'Pacific/Kiritimati', '2026-12-24T10:00:00.000Z'],
  ['2026-12-24', 'Asia/Kathmandu', '2026-12-24T18:15:00.000Z'],
  ['2026-12-24', 'Etc/GMT+12', '2026-12-25T12:00:00.000Z'],
  // The clocks change within the day.
  ['2026-10-25', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
  ['2026-02-28', 'Nowhere/AtAll', '2026-03-01T00:00:00.000Z'],
])('the %s is over in %s at %s', (day, timeZone, moment) => {
  expect(endOfDay(day, timeZone).toISOString()).toBe(moment);
});

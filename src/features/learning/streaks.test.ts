import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDate } from '#platform/time.ts';
import { streaks } from './streaks.ts';

test('a streak is days in a row up to today or yesterday, and the longest one stays', () => {
  expect(streaks([], '2026-05-05')).toEqual({ currentDays: 0, longestDays: 0 });
  expect(streaks(['2026-05-05'], '2026-05-05')).toEqual({ currentDays: 1, longestDays: 1 });
  expect(streaks(['2026-05-04', '2026-05-03'], '2026-05-05')).toEqual({ currentDays: 2, longestDays: 2 });
  expect(streaks(['2026-05-03', '2026-05-02'], '2026-05-05')).toEqual({ currentDays: 0, longestDays: 2 });
  expect(streaks(['2026-02-28', '2026-03-01', '2026-03-02', '2026-05-05'], '2026-05-05')).toEqual({ currentDays: 1, longestDays: 3 });
});

test('a day that has not come yet, after a move to another time zone, counts for none', () => {
  expect(streaks(['2026-05-04', '2026-05-05', '2026-05-06'], '2026-05-05')).toEqual({ currentDays: 2, longestDays: 2 });
});

const hourMs = 3_600_000;

/** Zones whose clocks change in spring and autumn, by half an hour, for a month, or not at all. */
const zone = fc.constantFrom(
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Santiago',
  'Asia/Kathmandu',
  'UTC',
);
/** A moment within a day and a half of a change of the clocks, or anywhere in a year. */
const moment = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-04-04T15:00Z'),
      fc.integer({ min: -36, max: 36 }),
    )
    .map(([change, hours]) => Date.parse(change) + hours * hourMs),
  fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') }),
);

describe('whatever the clocks do', () => {
  test('who learns again within 23 hours never breaks a streak', () => {
    fc.assert(
      fc.property(zone, moment, fc.array(fc.integer({ min: 1, max: 23 * 60 }), { maxLength: 60 }), (timeZone, start, pauses) => {
        const moments = [start];
        for (const minutes of pauses) moments.push(moments.at(-1)! + minutes * 60_000);
        const dates = moments.map((ms) => localDate(new Date(ms), timeZone));
        const count = new Set(dates).size;
        expect(streaks(dates, dates.at(-1)!)).toEqual({ currentDays: count, longestDays: count });
      }),
    );
  });

  test('who pauses for 50 hours always begins anew', () => {
    fc.assert(
      fc.property(zone, moment, fc.integer({ min: 50, max: 1000 }), (timeZone, start, hours) => {
        const dates = [start, start + hours * hourMs].map((ms) => localDate(new Date(ms), timeZone));
        expect(streaks(dates, dates[1]!)).toEqual({ currentDays: 1, longestDays: 1 });
        expect(streaks(dates.slice(0, 1), dates[1]!).currentDays).toBe(0);
      }),
    );
  });
});

test('order and repetition of the days mean nothing, another day never shortens a streak, and no streak is longer than the longest', () => {
  const dayOf = (number: number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10);
  const days = fc.array(fc.integer({ min: 0, max: 80 }).map(dayOf), { maxLength: 60 });
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 90 }).map(dayOf), fc.integer({ min: 0, max: 80 }).map(dayOf), (dates, today, another) => {
      const found = streaks(dates, today);
      expect(streaks([...dates, ...dates].reverse(), today)).toEqual(found);
      expect(found.currentDays).toBeLessThanOrEqual(found.longestDays);
      const more = streaks([...dates, another], today);
      expect(more.currentDays).toBeGreaterThanOrEqual(found.currentDays);
      expect(more.longestDays).toBeGreaterThanOrEqual(found.longestDays);
    }),
  );
});

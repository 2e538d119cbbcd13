import { type LocalDate, localDate } from '#platform/time.ts';

const quarterHourMs = 900_000;
const hourMs = 3_600_000;

/** The moment at which a calendar day is over in a time zone, whatever its offset or the length of the day. */
export function endOfDay(day: LocalDate, timeZone: string): Date {
  const nextMidnightUtc = Date.parse(`${day}T00:00:00Z`) + 24 * hourMs;
  // Every zone's midnight falls on a quarter of an hour, from 14 hours before UTC's to 12 after.
  let moment = nextMidnightUtc - 14 * hourMs;
  while (localDate(new Date(moment), timeZone) <= day) moment += quarterHourMs;
  return new Date(moment);
}

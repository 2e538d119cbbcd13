import type { LocalDate } from '#platform/time.ts';

const long = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });

const noonOf = (date: LocalDate) => new Date(`${date}T12:00:00Z`);

/** A calendar day for people: "May 4, 2026". */
export function dayInWords(date: LocalDate): string {
  return long.format(noonOf(date));
}

/** "Monday". */
export function weekdayOf(date: LocalDate): string {
  return weekday.format(noonOf(date));
}

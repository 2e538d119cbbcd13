import { type LocalDate, localDate } from '#platform/time.ts';

/** One clock per time zone: making one costs a thousand times what asking it does. */
const clocks = new Map<string, Intl.DateTimeFormat>();
const dayMs = 86_400_000;
const numberOf = (date: LocalDate) => Date.parse(`${date}T00:00:00Z`) / dayMs;
const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });
const farDay = new Intl.DateTimeFormat('en', { weekday: 'short', month: 'short', day: 'numeric', timeZone: 'UTC' });

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = newClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

function newClock(timeZone: string): Intl.DateTimeFormat {
  const options = { hour: 'numeric', minute: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en', { ...options, timeZone });
  } catch {
    // RangeError is the runtime's only way to say that it does not know the zone.
    return new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' });
  }
}

/** A moment as a learner's own calendar and clock say it, seen from their day: "Today, 6:00 PM", "Thursday, 9:00 AM", "Thu, May 14, 9:00 AM". */
export function whenInWords(at: Date, timeZone: string, today: LocalDate): string {
  const date = localDate(at, timeZone);
  return `${dayInWords(date, numberOf(date) - numberOf(today))}, ${clockOf(timeZone).format(at)}`;
}

function dayInWords(date: LocalDate, daysOn: number): string {
  if (daysOn === 0) return 'Today';
  if (daysOn === 1) return 'Tomorrow';
  if (daysOn === -1) return 'Yesterday';
  const noon = new Date(`${date}T12:00:00Z`);
  return daysOn > 1 && daysOn < 7 ? weekday.format(noon) : farDay.format(noon);
}

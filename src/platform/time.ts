/** A calendar day as `YYYY-MM-DD`. */
export type LocalDate = string;

/** One calendar per time zone: making one costs a thousand times what asking it does. There are some six hundred zones. */
const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const calendar = calendars.get(timeZone) ?? newCalendar(timeZone);
  if (calendar) calendars.set(timeZone, calendar);
  return calendar;
}

function newCalendar(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  } catch {
    // RangeError is the runtime's only way to say that it does not know the zone.
    return undefined;
  }
}

/** The calendar day that it is for a person in the given IANA time zone; an unknown zone counts as UTC. */
export function localDate(instant: Date, timeZone: string): LocalDate {
  return calendarOf(timeZone)?.format(instant) ?? instant.toISOString().slice(0, 10);
}

/** Whether the runtime knows the IANA time zone. */
export function isTimeZone(timeZone: string): boolean {
  return calendarOf(timeZone) !== undefined;
}

/** A length of time for people: "45 s", "12 min", "1 h 5 min". */
export function formatDuration(totalSeconds: number): string {
  if (totalSeconds < 60) return `${Math.max(0, Math.round(totalSeconds))} s`;
  const minutes = Math.round(totalSeconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** A moment for a person, on their own clock: "May 11, 2026 at 10:00 AM CEST"; an unknown zone counts as UTC. */
export function momentInWords(instant: Date, timeZone: string): string {
  const known = isTimeZone(timeZone) ? timeZone : 'UTC';
  const day = instant.toLocaleDateString('en-US', { timeZone: known, dateStyle: 'long' });
  const time = instant.toLocaleTimeString('en-US', { timeZone: known, hour: 'numeric', minute: '2-digit', timeZoneName: 'short' });
  return `${day} at ${time}`;
}

/** A moment as a clock on the wall of the time zone shows it, as a form's `datetime-local` has it: "2026-05-11T10:00"; an unknown zone counts as UTC. */
export function wallClock(instant: Date, timeZone: string): string {
  const known = isTimeZone(timeZone) ? timeZone : 'UTC';
  return instant.toLocaleString('sv-SE', { timeZone: known, dateStyle: 'short', timeStyle: 'short' }).replace(' ', 'T');
}

const minuteMs = 60_000;

/**
 * The moment at which a wall's clock shows this. An hour that the clocks pass over is the one after it, of an hour that comes twice it is the first; null for what is
 * no such time.
 */
export function fromWallClock(text: string, timeZone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const asUtc = Date.parse(`${text}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const shownAt = (instant: number) => Date.parse(`${wallClock(new Date(instant), timeZone)}:00Z`);
  // The offsets on the days around it: where clocks change, they differ.
  const offsets = [-1440, 1440].map((minutes) => shownAt(asUtc + minutes * minuteMs) - (asUtc + minutes * minuteMs));
  const candidates = offsets.map((offset) => asUtc - offset);
  const exact = candidates.filter((instant) => shownAt(instant) === asUtc);
  return new Date(exact.length > 0 ? Math.min(...exact) : Math.max(...candidates));
}

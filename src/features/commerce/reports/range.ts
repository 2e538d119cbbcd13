/** Days from the first to the last, both included, in UTC. */
export interface Range {
  from: string;
  to: string;
}

const dayMs = 86_400_000;
const mostDays = 731;
const usualDays = 30;

const dayOf = (moment: number) => new Date(moment).toISOString().slice(0, 10);
const isDay = (text: string | null | undefined): text is string =>
  /^20\d{2}-\d{2}-\d{2}$/.test(text ?? '') && !Number.isNaN(Date.parse(`${text}`));
const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** What was asked for, or the last 30 days; at most two years, since a report reads every entry of its days. */
export function readRange(asked: { from?: string | null; to?: string | null }, now: Date): Range {
  const to = isDay(asked.to) ? asked.to : dayOf(now.getTime());
  const from = isDay(asked.from) ? asked.from : dayOf(startOf(to) - (usualDays - 1) * dayMs);
  if (from > to) return { from: to, to };
  return { from: dayOf(Math.max(startOf(from), startOf(to) - (mostDays - 1) * dayMs)), to };
}

/** What a range is compared with: as many days before it, or the same days a year ago. */
export function rangeBefore({ from, to }: Range, compare: 'previous' | 'year'): Range {
  if (compare === 'year') return { from: yearBefore(from), to: yearBefore(to) };
  const days = (startOf(to) - startOf(from)) / dayMs + 1;
  return { from: dayOf(startOf(from) - days * dayMs), to: dayOf(startOf(from) - dayMs) };
}

/** The same day a year ago; of February 29 the day before. */
function yearBefore(day: string): string {
  const [year, rest] = [Number(day.slice(0, 4)) - 1, day.slice(4)];
  return `${year}${rest === '-02-29' ? '-02-28' : rest}`;
}

/** The first moment of a range, and the first after it. */
export function momentsOf({ from, to }: Range): [start: string, end: string] {
  return [new Date(startOf(from)).toISOString(), new Date(startOf(to) + dayMs).toISOString()];
}

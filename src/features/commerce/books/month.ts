/** A month of the books, in UTC, as `YYYY-MM`. */
export type Month = string;

/** The month of a moment. */
export function monthOf(moment: Date): Month {
  return moment.toISOString().slice(0, 7);
}

/** The month that many months later, or before. */
export function monthAfter(month: Month, count = 1): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return monthOf(new Date(Date.UTC(year, number - 1 + count, 1)));
}

/** What somebody typed or an old address says, as a month; null for what is none. */
export function readMonth(text: string | null | undefined): Month | null {
  return text && /^20\d{2}-(0[1-9]|1[0-2])$/.test(text) ? text : null;
}

/** The first moment of a month. */
export function startOf(month: Month): Date {
  return new Date(`${month}-01T00:00:00Z`);
}

/** The last day of a month, as `YYYY-MM-DD`. */
export function lastDayOf(month: Month): string {
  return new Date(startOf(monthAfter(month)).getTime() - 1).toISOString().slice(0, 10);
}

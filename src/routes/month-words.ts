const format = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A month of the books for people: `2026-04` as “April 2026”. */
export function monthInWords(month: string): string {
  return format.format(new Date(`${month}-01T00:00:00Z`));
}

/** What a tax is taken on. */
export const productTypes = { COURSE: 'Courses', BUNDLE: 'Bundles', MEMBERSHIP: 'Memberships' } as const;

/** Whether prices hold a tax. */
export function inclusionInWords(inclusive: boolean | null): string {
  if (inclusive === null) return 'As the shop says';
  return inclusive ? 'Held by prices' : 'On top of prices';
}

/** A day of the calendar: "Jan 1, 2027". */
export function dayInWords(day: string): string {
  return new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** What a person can choose as the colors of the page; `system` follows the device. */
export const themes = ['light', 'dark', 'system'] as const;

export type ThemeChoice = (typeof themes)[number];

/** The languages that the interface speaks, each by its own name. */
export const languages = [{ value: 'en', label: 'English' }] as const;

/** The time zones to choose from, and the one that is chosen though it goes by an older name. */
export function timeZonesWith(chosen: string): string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), chosen])].sort();
}

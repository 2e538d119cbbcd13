/** What a person can choose; `system` follows the device. Kept in the cookie `theme`, written to `data-theme` on <html>. */
const themes = ['light', 'dark', 'system'] as const;

export type Theme = (typeof themes)[number];

/** The theme a cookie names, or `system` for anything else. */
export function themeFrom(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? 'system';
}

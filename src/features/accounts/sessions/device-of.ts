import bowser from 'bowser';

/** The browser that a session belongs to, as far as it says itself. */
export interface Device {
  /** Such as "Firefox on Linux". */
  name: string;
  isHandheld: boolean;
}

/** What a user agent tells of the browser. It may say anything: nothing is decided by it. */
export function deviceOf(userAgent: string | null): Device {
  const { browser, os, platform } = bowser.parse(userAgent || 'unknown');
  const system = os.name === 'iOS' && platform.type === 'tablet' ? 'iPadOS' : os.name;
  const name = browser.name ? [browser.name, system].filter(Boolean).join(' on ') : (system ?? 'An unknown browser');
  return { name, isHandheld: platform.type === 'mobile' || platform.type === 'tablet' };
}

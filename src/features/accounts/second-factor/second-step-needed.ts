import type { SessionCookie } from '../sessions/session-cookies.ts';

/**
 * Whether someone who has just proved one factor must still prove the second: their cookies then hold no session, but what the second step
 * knows them by. Every way in asks this of the cookies that it was given, and leads to `/sign-in/second-step`.
 */
export function secondStepNeeded(cookies: readonly SessionCookie[]): boolean {
  return cookies.some(({ name, value }) => name.endsWith('lyceum.two_factor') && value !== '');
}

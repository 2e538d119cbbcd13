import type { Context } from '#platform/context.ts';
import type { Client, SessionCookie } from './session-cookies.ts';
import { signOut } from './sign-out.ts';

/**
 * Ends what the browser was signed in with before, now that somebody has come in anew: no session lives on that nobody sees. Gives the
 * cookies of the new one, and those that make the browser forget the rest.
 */
export async function replaceSession(ctx: Context, client: Client, cookies: SessionCookie[]): Promise<SessionCookie[]> {
  if (!client.cookieHeader) return cookies;
  const forgotten = await signOut(ctx, { cookieHeader: client.cookieHeader });
  const kept = new Set(cookies.map(({ name }) => name));
  return [...forgotten.filter(({ name }) => !kept.has(name)), ...cookies];
}

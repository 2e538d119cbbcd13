import type { Context } from '#platform/context.ts';
import { auth } from '../auth.server.ts';
import { endKeptSession } from '../impersonation/stop-impersonation.ts';
import { cookiesOf, type SessionCookie } from './session-cookies.ts';

/**
 * Ends the session of a request's cookies: its row is deleted. So is the session of an admin who was acting as somebody else. Gives the
 * cookies that make the browser forget.
 */
export async function signOut(ctx: Context, input: { cookieHeader: string }): Promise<SessionCookie[]> {
  const forgotten = await endKeptSession(ctx, input);
  const { headers } = await auth().api.signOut({ headers: new Headers({ cookie: input.cookieHeader }), returnHeaders: true });
  return [...cookiesOf(headers), ...forgotten];
}

import type { Context } from '#platform/context.ts';
import { auth } from '../auth.server.ts';
import { cookiesOf, type SessionCookie } from './session-cookies.ts';

/** Ends the session of a request's cookies: its row is deleted. Gives the cookies that make the browser forget. */
export async function signOut(_ctx: Context, input: { cookieHeader: string }): Promise<SessionCookie[]> {
  const { headers } = await auth().api.signOut({ headers: new Headers({ cookie: input.cookieHeader }), returnHeaders: true });
  return cookiesOf(headers);
}

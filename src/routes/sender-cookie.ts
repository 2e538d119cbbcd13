import { type Cookies, type RequestEvent, redirect } from '@sveltejs/kit';
import { localPath } from '#platform/http/local-path.ts';

const name = 'via';
const keptForSeconds = 30 * 86_400;

/**
 * Who comes by the link of somebody (`?via=<username>` on any page) is led to the same page without it, and the browser remembers the name for 30 days. Guests' pages
 * stay the same for everybody: none is ever made for such an address, and none depends on the cookie.
 */
export function rememberSender({ url, request, cookies }: RequestEvent): void {
  const username = url.searchParams.get(name);
  if (username === null || request.method !== 'GET' || url.pathname.startsWith('/api/')) return;
  if (/^[\w.-]{1,60}$/.test(username))
    cookies.set(name, username.toLowerCase(), {
      path: '/',
      maxAge: keptForSeconds,
      httpOnly: true,
      sameSite: 'lax',
      secure: url.protocol === 'https:',
    });
  const rest = new URLSearchParams(url.searchParams);
  rest.delete(name);
  redirect(303, localPath(rest.size > 0 ? `${url.pathname}?${rest}` : url.pathname) ?? '/');
}

/** The name in the link by which this browser came last, where it came by one. */
export function senderOf(cookies: Cookies): string | null {
  return cookies.get(name) ?? null;
}

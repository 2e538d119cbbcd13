import type { RequestEvent } from '@sveltejs/kit';
import { keptTheme } from '#features/accounts/index.server.ts';
import type { Theme } from '#ui/theme.ts';

/** Lets the browser remember the colors of the page; scripts write the same cookie. */
export function setThemeCookie({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, theme: Theme): void {
  // The framework's default is a secure cookie, which a school on plain http would never see again.
  cookies.set('theme', theme, { path: '/', maxAge: 31_536_000, httpOnly: false, sameSite: 'lax', secure: url.protocol === 'https:' });
}

/** Gives a browser in which someone is signed in for the first time the colors that they keep. From then on it has its own, and nobody asks. */
export async function themeForNewBrowser(event: RequestEvent): Promise<void> {
  const { ctx } = event.locals;
  const isPage = event.isDataRequest || (event.request.headers.get('accept') ?? '').includes('text/html');
  if (ctx.actor.kind !== 'person' || event.request.method !== 'GET' || !isPage || event.cookies.get('theme')) return;
  setThemeCookie(event, (await keptTheme(ctx)) ?? 'system');
}

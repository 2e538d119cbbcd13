import { redirect } from '@sveltejs/kit';
import { keepTheme } from '#features/accounts/index.server.ts';
import { localPath } from '#platform/http/local-path.ts';
import { themeFrom } from '#ui/theme.ts';
import { setThemeCookie } from '../theme-cookie.ts';
import type { RequestHandler } from './$types';

/** Keeps the chosen colors in a cookie, for pages without scripts, and for someone signed in among their preferences. */
export const POST: RequestHandler = async (event) => {
  const form = await event.request.formData();
  const theme = themeFrom(String(form.get('theme')));
  setThemeCookie(event, theme);
  const { actor } = event.locals.ctx;
  // An admin who acts as somebody else changes the colors of their own screen only.
  if (actor.kind === 'person' && !actor.session?.impersonator) await keepTheme(event.locals.ctx, { theme });
  redirect(303, localPath(String(form.get('returnTo') ?? '')) ?? '/');
};

import { redirect } from '@sveltejs/kit';
import { localPath } from '#platform/http/local-path.ts';
import { themeFrom } from '#ui/theme.ts';
import type { RequestHandler } from './$types';

/** Keeps the chosen colors in a cookie, for pages without scripts. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData();
  const theme = themeFrom(String(form.get('theme')));
  // The framework's default is a secure cookie, which a school on plain http would never see again.
  const secure = url.protocol === 'https:';
  cookies.set('theme', theme, { path: '/', maxAge: 31_536_000, httpOnly: false, sameSite: 'lax', secure });
  redirect(303, localPath(String(form.get('returnTo') ?? '')) ?? '/');
};

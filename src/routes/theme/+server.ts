import { redirect } from '@sveltejs/kit';
import { localPath } from '#platform/http/local-path.ts';
import { themeFrom } from '#ui/theme.ts';
import type { RequestHandler } from './$types';

/** Keeps the chosen colors in a cookie, for pages without scripts. */
export const POST: RequestHandler = async ({ request, cookies }) => {
  const form = await request.formData();
  cookies.set('theme', themeFrom(String(form.get('theme'))), { path: '/', maxAge: 31_536_000, httpOnly: false, sameSite: 'lax' });
  redirect(303, localPath(String(form.get('returnTo') ?? '')) ?? '/');
};

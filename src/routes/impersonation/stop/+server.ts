import { redirect } from '@sveltejs/kit';
import { stopImpersonation } from '#features/accounts/index.server.ts';
import { setCookies } from '../../form-answers.ts';
import type { RequestHandler } from './$types';

/** The way out of acting as somebody else: back to that person's page, or to the sign-in page when one's own session has ended meanwhile. */
export const POST: RequestHandler = async ({ locals, request, cookies }) => {
  const stopped = await stopImpersonation(locals.ctx, { cookieHeader: request.headers.get('cookie') ?? '' });
  setCookies(cookies, stopped.cookies);
  if (!stopped.isBack) redirect(303, '/sign-in?next=/admin/users');
  redirect(303, stopped.personId ? `/admin/users/${stopped.personId}` : '/');
};

import { redirect } from '@sveltejs/kit';
import { signOut } from '#features/accounts/index.server.ts';
import { setCookies } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (locals.ctx.actor.kind === 'guest') redirect(303, '/');
};

/** The one action without a name: the header's menu posts to the page's plain address. */
export const actions = {
  default: async ({ locals, request, cookies }) => {
    setCookies(cookies, await signOut(locals.ctx, { cookieHeader: request.headers.get('cookie') ?? '' }));
    redirect(303, '/');
  },
} satisfies Actions;

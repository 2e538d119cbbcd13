import { redirect } from '@sveltejs/kit';
import { isResetLinkOpen, resetPassword } from '#features/accounts/index.server.ts';
import { clientOf, refused, textOf } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const token = url.searchParams.get('token') ?? '';
  return { token, isOpen: await isResetLinkOpen(locals.ctx, { token }) };
};

export const actions = {
  choose: async (event) => {
    const form = await event.request.formData();
    const token = event.url.searchParams.get('token') ?? '';
    const answer = await resetPassword(event.locals.ctx, { token, password: textOf(form, 'password'), client: clientOf(event) }).catch(
      (error: unknown) => refused(error, {}),
    );
    if (!('kind' in answer)) return answer;
    if (answer.kind === 'changed') redirect(303, '/sign-in?password-changed');
    // The page itself says so: its link is not open anymore.
  },
} satisfies Actions;

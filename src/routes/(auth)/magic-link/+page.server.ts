import { redirect } from '@sveltejs/kit';
import { isMailDelivered, requestSignInLink } from '#features/accounts/index.server.ts';
import { localPath } from '#platform/http/local-path.ts';
import { clientOf, refused, textOf } from '../../form-answers.ts';
import { afterSignIn } from '../after-sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.ctx.actor.kind === 'person') redirect(303, afterSignIn(url));
  return { mailDelivered: isMailDelivered() };
};

export const actions = {
  request: async (event) => {
    const values = { email: textOf(await event.request.formData(), 'email') };
    const next = localPath(event.url.searchParams.get('next'));
    try {
      await requestSignInLink(event.locals.ctx, { ...values, next, client: clientOf(event) });
      return { kind: 'sent' as const, to: values.email.trim() };
    } catch (error) {
      return refused(error, values);
    }
  },
} satisfies Actions;

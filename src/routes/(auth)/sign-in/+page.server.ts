import { redirect } from '@sveltejs/kit';
import { isMailDelivered, providerOptions, signIn } from '#features/accounts/index.server.ts';
import { clientOf, refused, textOf } from '../../form-answers.ts';
import { afterSignIn } from '../after-sign-in.ts';
import { enterSchool } from '../enter-school.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.ctx.actor.kind === 'person') redirect(303, afterSignIn(url));
  return {
    mailDelivered: isMailDelivered(),
    providers: providerOptions(),
    passwordChanged: url.searchParams.has('password-changed'),
    signedOut: url.searchParams.has('signed-out'),
    isHeading: url.searchParams.has('next'),
  };
};

export const actions = {
  signIn: async (event) => {
    const form = await event.request.formData();
    const values = { email: textOf(form, 'email'), remember: textOf(form, 'remember') };
    const answer = await signIn(event.locals.ctx, {
      email: values.email,
      password: textOf(form, 'password'),
      remember: values.remember === 'on',
      client: clientOf(event),
    }).catch((error: unknown) => refused(error, values));
    if (!('kind' in answer) || answer.kind === 'unconfirmed') return answer;
    return enterSchool(event, answer);
  },
} satisfies Actions;

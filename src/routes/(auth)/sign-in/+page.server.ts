import { redirect } from '@sveltejs/kit';
import { isMailDelivered, signIn, signOut } from '#features/accounts/index.server.ts';
import { clientOf, refused, setCookies, textOf } from '../../form-answers.ts';
import { afterSignIn } from '../after-sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.ctx.actor.kind === 'person') redirect(303, afterSignIn(url));
  return {
    mailDelivered: isMailDelivered(),
    passwordChanged: url.searchParams.has('password-changed'),
    isHeading: url.searchParams.has('next'),
  };
};

export const actions = {
  signIn: async (event) => {
    const { ctx } = event.locals;
    const form = await event.request.formData();
    const values = { email: textOf(form, 'email'), remember: textOf(form, 'remember') };
    const password = textOf(form, 'password');
    const answer = await signIn(ctx, { email: values.email, password, remember: values.remember === 'on', client: clientOf(event) }).catch(
      (error: unknown) => refused(error, values),
    );
    if (!('kind' in answer)) return answer;
    if (answer.kind === 'unconfirmed') return answer;
    if (ctx.actor.kind === 'person') await signOut(ctx, { cookieHeader: event.request.headers.get('cookie') ?? '' });
    setCookies(event.cookies, answer.cookies);
    redirect(303, afterSignIn(event.url));
  },
} satisfies Actions;

import { fail, redirect } from '@sveltejs/kit';
import { takeSecondStep } from '#features/accounts/index.server.ts';
import { clientOf, refused, textOf } from '../../../form-answers.ts';
import { afterSignIn, withNext } from '../../after-sign-in.ts';
import { enterSchool } from '../../enter-school.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url, cookies }) => {
  if (locals.ctx.actor.kind === 'person') redirect(303, afterSignIn(url));
  // Whether it is still good is asked with the code.
  if (!cookies.getAll().some(({ name }) => name.endsWith('lyceum.two_factor'))) redirect(303, withNext('/sign-in', url));
  return { isRecoveryCode: url.searchParams.has('recovery-code') };
};

export const actions = {
  take: async (event) => {
    const form = await event.request.formData();
    const values = { remember: textOf(form, 'remember') };
    const answer = await takeSecondStep(event.locals.ctx, {
      code: textOf(form, 'code'),
      isRecoveryCode: event.url.searchParams.has('recovery-code'),
      rememberDevice: values.remember === 'on',
      client: clientOf(event),
    }).catch((error: unknown) => refused(error, values));
    if (!('kind' in answer)) return answer;
    if (answer.kind === 'expired') return fail(422, answer);
    return enterSchool(event, answer);
  },
} satisfies Actions;

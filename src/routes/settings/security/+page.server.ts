import { redirect } from '@sveltejs/kit';
import { changePassword, endOwnSessions, hasPassword, isFresh, ownSessions, signOut } from '#features/accounts/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { clientOf, setCookies, textOf } from '../../form-answers.ts';
import { refusedBy } from '../answers.ts';
import { requireFreshProofOrConfirm } from '../confirm-first.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const person = requirePerson(ctx);
  return {
    email: person.email,
    hasPassword: await hasPassword(ctx),
    isFresh: isFresh(person, ctx.now),
    sessions: await ownSessions(ctx),
    done: url.searchParams.get('done'),
  };
};

// Every deed ends in a new request: what this one knows of the browser's session may be over.
export const actions = {
  changePassword: async (event) => {
    const { ctx } = event.locals;
    if (!(await hasPassword(ctx))) requireFreshProofOrConfirm(event);
    const form = await event.request.formData();
    const endOthers = textOf(form, 'endOthers') === 'on';
    const answer = await changePassword(ctx, {
      oldPassword: textOf(form, 'oldPassword'),
      password: textOf(form, 'password'),
      endOthers,
      client: clientOf(event),
    }).catch((error: unknown) => refusedBy('password', error, { endOthers: endOthers ? 'on' : '' }));
    if (!('cookies' in answer)) return answer;
    setCookies(event.cookies, answer.cookies);
    redirect(303, `/settings/security?done=${endOthers ? 'password-and-others' : 'password'}`);
  },
  signOutOne: async ({ locals, request }) => {
    const id = textOf(await request.formData(), 'id');
    const answer = await endOwnSessions(locals.ctx, { which: { id } }).catch((error: unknown) => refusedBy('sessions', error, {}));
    if (!('ended' in answer)) return answer;
    redirect(303, '/settings/security?done=one');
  },
  signOutOthers: async ({ locals }) => {
    const answer = await endOwnSessions(locals.ctx, { which: 'others' }).catch((error: unknown) => refusedBy('sessions', error, {}));
    if (!('ended' in answer)) return answer;
    redirect(303, '/settings/security?done=others');
  },
  signOutEverywhere: async ({ locals, request, cookies }) => {
    const answer = await endOwnSessions(locals.ctx, { which: 'everywhere' }).catch((error: unknown) => refusedBy('sessions', error, {}));
    if (!('ended' in answer)) return answer;
    setCookies(cookies, await signOut(locals.ctx, { cookieHeader: request.headers.get('cookie') ?? '' }));
    redirect(303, '/sign-in?signed-out');
  },
} satisfies Actions;

import { redirect } from '@sveltejs/kit';
import { confirmIdentity, hasPassword, isFresh, isMailDelivered, ownPasskeys, requestSignInLink } from '#features/accounts/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import { localPath } from '#platform/http/local-path.ts';
import { clientOf, refused, setCookies, textOf } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

const afterwards = (url: URL) => localPath(url.searchParams.get('next')) ?? '/settings/security';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const person = requirePerson(ctx);
  if (isFresh(person, ctx.now)) redirect(303, afterwards(url));
  return {
    email: person.email,
    actingAs: person.session?.impersonator ? person.name : null,
    hasPassword: await hasPassword(ctx),
    hasPasskey: (await ownPasskeys(ctx)).length > 0,
    next: afterwards(url),
    mailDelivered: isMailDelivered(),
  };
};

export const actions = {
  confirm: async (event) => {
    const form = await event.request.formData();
    const answer = await confirmIdentity(event.locals.ctx, { password: textOf(form, 'password'), client: clientOf(event) }).catch(
      (error: unknown) => refused(error, {}),
    );
    if (!('cookies' in answer)) return answer;
    setCookies(event.cookies, answer.cookies);
    redirect(303, afterwards(event.url));
  },
  mailLink: async (event) => {
    const { email } = requirePerson(event.locals.ctx);
    try {
      await requestSignInLink(event.locals.ctx, { email, next: afterwards(event.url), client: clientOf(event) });
      return { kind: 'sent' as const };
    } catch (error) {
      return refused(error, {});
    }
  },
} satisfies Actions;

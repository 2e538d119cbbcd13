import { fail } from '@sveltejs/kit';
import { confirmEmailChange, emailChangeLink, refuseEmailChange } from '#features/accounts/index.server.ts';
import { clientOf, refused } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

const tokenOf = (url: URL) => url.searchParams.get('token') ?? '';

export const load: PageServerLoad = async ({ locals, url }) => ({
  token: tokenOf(url),
  link: await emailChangeLink(locals.ctx, { token: tokenOf(url) }),
});

export const actions = {
  // A form and not the link itself confirms: programs that look into mails open links too.
  confirm: async (event) => {
    const answer = await confirmEmailChange(event.locals.ctx, { token: tokenOf(event.url), client: clientOf(event) }).catch(
      (error: unknown) => refused(error, {}),
    );
    if (!('kind' in answer)) return answer;
    return answer.kind === 'expired' ? fail(422, answer) : answer;
  },
  refuse: async (event) => {
    const answer = await refuseEmailChange(event.locals.ctx, { token: tokenOf(event.url), client: clientOf(event) }).catch(
      (error: unknown) => refused(error, {}),
    );
    if (!('kind' in answer)) return answer;
    return answer.kind === 'expired' ? fail(422, answer) : answer;
  },
} satisfies Actions;

import { isSignInLinkOpen, signInByLink } from '#features/accounts/index.server.ts';
import { clientOf, refused } from '../../../form-answers.ts';
import { enterSchool } from '../../enter-school.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const token = url.searchParams.get('token') ?? '';
  return { token, isOpen: await isSignInLinkOpen(locals.ctx, { token }) };
};

export const actions = {
  // A form and not the link itself signs in: programs that look into mails open links too.
  signIn: async (event) => {
    const token = event.url.searchParams.get('token') ?? '';
    const answer = await signInByLink(event.locals.ctx, { token, client: clientOf(event) }).catch((error: unknown) => refused(error, {}));
    if (!('kind' in answer)) return answer;
    if (answer.kind !== 'expired') return enterSchool(event, answer);
    // The page itself says so: its link is not open anymore.
  },
} satisfies Actions;

import { providerOption, startExternalSignIn } from '#features/accounts/index.server.ts';
import { refusalWords } from '#features/accounts/ui/provider-refusals.ts';
import { localPath } from '#platform/http/local-path.ts';
import { clientOf, refused, setCookies } from '../../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url }) => {
  const provider = providerOption(params.provider);
  return { provider, refusal: refusalWords(url.searchParams.get('refused'), provider.name) };
};

export const actions = {
  start: async (event) => {
    const next = localPath(event.url.searchParams.get('next'));
    try {
      const departure = await startExternalSignIn(event.locals.ctx, { provider: event.params.provider, next, client: clientOf(event) });
      setCookies(event.cookies, departure.cookies);
      return { kind: 'leaving' as const, url: departure.url };
    } catch (error) {
      return refused(error, {});
    }
  },
} satisfies Actions;

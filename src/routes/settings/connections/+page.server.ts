import { redirect } from '@sveltejs/kit';
import { connectionsOf, disconnectIdentity, providerOptions, startConnecting } from '#features/accounts/index.server.ts';
import { refusalWords } from '#features/accounts/ui/provider-refusals.ts';
import { clientOf, refused, setCookies, textOf } from '../../form-answers.ts';
import { requireFreshProofOrConfirm } from '../confirm-first.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const named = (parameter: string) => providerOptions().find(({ id }) => id === url.searchParams.get(parameter))?.name;
  const { actor } = locals.ctx;
  return {
    ...(await connectionsOf(locals.ctx)),
    timeZone: actor.kind === 'person' ? actor.timeZone : 'UTC',
    justConnected: named('connected'),
    justDisconnected: url.searchParams.has('disconnected'),
    refusal: refusalWords(url.searchParams.get('refused'), named('provider') ?? 'the provider'),
  };
};

export const actions = {
  connect: async (event) => {
    requireFreshProofOrConfirm(event);
    const provider = textOf(await event.request.formData(), 'provider');
    try {
      const departure = await startConnecting(event.locals.ctx, { provider, client: clientOf(event) });
      setCookies(event.cookies, departure.cookies);
      return { kind: 'leaving' as const, url: departure.url, providerName: departure.providerName };
    } catch (error) {
      return refused(error, {});
    }
  },
  disconnect: async (event) => {
    requireFreshProofOrConfirm(event);
    const id = textOf(await event.request.formData(), 'id');
    try {
      await disconnectIdentity(event.locals.ctx, { id });
    } catch (error) {
      return refused(error, {});
    }
    redirect(303, '/settings/connections?disconnected');
  },
} satisfies Actions;

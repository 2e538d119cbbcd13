import { redirect } from '@sveltejs/kit';
import { acceptSeat, seatPage } from '#features/commerce/index.server.ts';
import { refused } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  const seat = await seatPage(locals.ctx, { token: params.token });
  // The secret is in the address: no search engine keeps it.
  setHeaders({ 'x-robots-tag': 'noindex' });
  return { seat, here: `/seats/${params.token}` };
};

export const actions = {
  accept: async ({ locals, params }) => {
    if (locals.ctx.actor.kind === 'guest') redirect(303, `/sign-in?next=${encodeURIComponent(`/seats/${params.token}`)}`);
    let kind: string;
    try {
      ({ kind } = await acceptSeat(locals.ctx, { token: params.token }));
    } catch (error) {
      return refused(error, {});
    }
    if (kind === 'owned') return { kind: 'owned' as const, message: '' };
    redirect(303, `/seats/${params.token}`);
  },
} satisfies Actions;

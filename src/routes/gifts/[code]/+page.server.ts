import { redirect } from '@sveltejs/kit';
import { giftPage, redeemGift } from '#features/commerce/index.server.ts';
import { refused } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
  const gift = await giftPage(locals.ctx, { code: params.code });
  if (gift.code !== params.code) redirect(308, `/gifts/${gift.code}`);
  // The code is in the address: no search engine keeps it.
  setHeaders({ 'x-robots-tag': 'noindex' });
  return { gift };
};

export const actions = {
  redeem: async ({ locals, params }) => {
    // Its answer to a guest is the same for every code.
    if (locals.ctx.actor.kind === 'guest') redirect(303, `/sign-in?next=${encodeURIComponent(`/gifts/${params.code}`)}`);
    try {
      await redeemGift(locals.ctx, { code: params.code });
    } catch (error) {
      return refused(error, {});
    }
    redirect(303, `/gifts/${params.code}`);
  },
} satisfies Actions;

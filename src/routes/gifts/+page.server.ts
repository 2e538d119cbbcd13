import { redirect } from '@sveltejs/kit';
import { addressGift, giftCode, giftsPage } from '#features/commerce/index.server.ts';
import { refused, textOf } from '../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const typed = url.searchParams.get('code') ?? '';
  const code = giftCode(typed);
  if (code) redirect(303, `/gifts/${code}`);
  return { typed, mine: await giftsPage(locals.ctx, { before: url.searchParams.get('before') }) };
};

export const actions = {
  address: async ({ locals, request }) => {
    if (locals.ctx.actor.kind === 'guest') redirect(303, '/sign-in?next=/gifts');
    const form = await request.formData();
    const giftId = textOf(form, 'gift');
    const values = {
      recipientName: textOf(form, 'recipientName'),
      recipientEmail: textOf(form, 'recipientEmail'),
      message: textOf(form, 'message'),
      deliverOn: textOf(form, 'deliverOn'),
    };
    try {
      await addressGift(locals.ctx, { giftId, ...values });
    } catch (error) {
      return refused(error, { giftId, ...values });
    }
    redirect(303, `/gifts?saved=${giftId}#gift-${giftId}`);
  },
} satisfies Actions;

import { redirect } from '@sveltejs/kit';
import { isMailDelivered } from '#features/accounts/index.server.ts';
import { mailMessage, sendMailAgain } from '#features/notifications/index.server.ts';
import { refused } from '../../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { html: _, ...mail } = await mailMessage(locals.ctx, { id: params.id });
  return { mail, mailDelivered: isMailDelivered() };
};

export const actions: Actions = {
  sendAgain: async ({ locals, params }) => {
    try {
      await sendMailAgain(locals.ctx, { id: params.id });
    } catch (error) {
      return refused(error, {});
    }
    redirect(303, `/admin/mail/${params.id}`);
  },
};

import { redirect } from '@sveltejs/kit';
import { beginPayment, cancelOrder, outcomePage } from '#features/commerce/index.server.ts';
import { refused } from '../../form-answers.ts';
import { leadOn } from '../lead-on.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({ order: await outcomePage(locals.ctx, params) });

export const actions = {
  pay: async (event) => {
    try {
      return leadOn(event, await beginPayment(event.locals.ctx, event.params));
    } catch (error) {
      return refused(error, {});
    }
  },
  cancel: async ({ locals, params }) => {
    try {
      await cancelOrder(locals.ctx, params);
    } catch (error) {
      return refused(error, {});
    }
    redirect(303, `/checkout/${params.number}`);
  },
} satisfies Actions;

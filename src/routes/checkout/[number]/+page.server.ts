import { redirect } from '@sveltejs/kit';
import { beginPayment, cancelOrder, outcomePage, payAnotherWay } from '#features/commerce/index.server.ts';
import { refused, textOf } from '../../form-answers.ts';
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
  another: async (event) => {
    const { ctx } = event.locals;
    try {
      await payAnotherWay(ctx, { number: event.params.number, provider: textOf(await event.request.formData(), 'provider') });
      return leadOn(event, await beginPayment(ctx, event.params));
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

import { couponPage } from '#features/commerce/index.server.ts';
import { saveTyped, switchOver } from '../../../coupon-deeds.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const from = url.searchParams.get('from');
  return {
    ...(await couponPage(locals.ctx, { id: params.id, desk: 'own', from })),
    isFirstPage: from === null,
    done: url.searchParams.get('done'),
  };
};

export const actions = {
  save: (event) => saveTyped(event, '/studio/coupons'),
  switch: (event) => switchOver(event, '/studio/coupons'),
} satisfies Actions;

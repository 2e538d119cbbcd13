import { couponPage } from '#features/commerce/index.server.ts';
import { couponChanging } from '../../../coupon-deeds.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const from = url.searchParams.get('from');
  return {
    ...(await couponPage(locals.ctx, { id: params.id, desk: 'school', from })),
    isFirstPage: from === null,
    done: url.searchParams.get('done'),
  };
};

export const actions = couponChanging('/admin/coupons') satisfies Actions;

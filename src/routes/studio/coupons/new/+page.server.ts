import { newCouponPage } from '#features/commerce/index.server.ts';
import { makeTyped } from '../../../coupon-deeds.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => newCouponPage(locals.ctx, { desk: 'own' });

export const actions = {
  make: (event) => makeTyped(event, '/studio/coupons'),
} satisfies Actions;

import { newCouponPage } from '#features/commerce/index.server.ts';
import { couponMaking } from '../../../coupon-deeds.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => newCouponPage(locals.ctx, { desk: 'own' });

export const actions = couponMaking('/studio/coupons') satisfies Actions;

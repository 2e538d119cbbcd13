import { newCouponPage } from '#features/commerce/index.server.ts';
import { couponMaking } from '../../../coupon-deeds.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => newCouponPage(locals.ctx, { desk: 'school' });

export const actions = couponMaking('/admin/coupons') satisfies Actions;

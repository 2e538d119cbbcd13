import { mayAdminister } from '#features/accounts/policy.ts';
import { openAlarms } from '#features/commerce/index.server.ts';
import { AppError } from '#platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  if (!mayAdminister(locals.ctx.actor)) throw new AppError('forbidden', 'Only admins see the administration.');
  return { openAlarms: (await openAlarms(locals.ctx)) ?? 0 };
};

import { mayAdminister } from '#features/accounts/policy.ts';
import { AppError } from '#platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (!mayAdminister(locals.ctx.actor)) throw new AppError('forbidden', 'Only admins see the administration.');
};

import { AppError } from '#platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ parent }) => {
  const { studioCourse: course } = await parent();
  if (!course.mayEdit) throw new AppError('not-found', 'There is no such course among yours.');
};

import { addressOf, courseFinder, courseList } from '#features/catalogue/index.server.ts';
import { ownWishes } from '#features/commerce/index.server.ts';
import { courseWish } from '../course-wish.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const wish = { ...courseWish(url), category: url.searchParams.get('category') };
  const [list, wishes] = await Promise.all([courseList(ctx, wish), ownWishes(ctx)]);
  return { canonical: addressOf('/courses'), finder: courseFinder(list, '/courses'), wishes };
};

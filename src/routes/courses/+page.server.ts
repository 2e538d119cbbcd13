import { addressOf, courseList } from '#features/catalogue/index.server.ts';
import { courseWish } from '../course-wish.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  canonical: addressOf('/courses'),
  list: await courseList(locals.ctx, { ...courseWish(url), category: url.searchParams.get('category') }),
});

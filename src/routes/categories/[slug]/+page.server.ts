import { addressOf, categoryPage } from '#features/catalogue/index.server.ts';
import { courseWish } from '../../course-wish.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  canonical: addressOf(`/categories/${params.slug}`),
  category: await categoryPage(locals.ctx, { ...courseWish(url), slug: params.slug }),
});

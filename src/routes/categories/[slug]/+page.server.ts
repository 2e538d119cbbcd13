import { addressOf, categoryPage } from '#features/catalogue/index.server.ts';
import { ownWishes } from '#features/commerce/index.server.ts';
import { courseWish } from '../../course-wish.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params: { slug }, url }) => {
  const [category, wishes] = await Promise.all([categoryPage(ctx, { ...courseWish(url), slug }), ownWishes(ctx)]);
  return { canonical: addressOf(`/categories/${slug}`), category, wishes };
};

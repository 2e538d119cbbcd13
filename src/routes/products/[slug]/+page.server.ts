import { ownMarks, productPage, productSeo } from '#features/commerce/index.server.ts';
import { guestCartOf } from '../../cart-cookies.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, cookies }) => {
  const [product, { inCart }] = await Promise.all([productPage(ctx, params), ownMarks(ctx)]);
  return { product, isInCart: [...inCart, ...guestCartOf({ cookies })].includes(product.productId), seo: productSeo(product) };
};

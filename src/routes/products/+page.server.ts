import { addressOf } from '#features/catalogue/index.server.ts';
import { productsPage } from '#features/commerce/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  canonical: addressOf('/products'),
  ...(await productsPage(locals.ctx, { before: url.searchParams.get('before') })),
});

import { couponsPage } from '#features/commerce/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const [search, from] = [url.searchParams.get('q'), url.searchParams.get('from')];
  return { ...(await couponsPage(locals.ctx, { desk: 'school', search, from })), isFirstPage: from === null };
};

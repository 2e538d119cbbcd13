import { taxRatesPage } from '#features/commerce/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const [country, from] = [url.searchParams.get('country'), url.searchParams.get('from')];
  const show = url.searchParams.get('show') === 'ended' ? 'ended' : 'current';
  const page = await taxRatesPage(locals.ctx, { country, show, from });
  return { ...page, show, country: country ?? '', isFirstPage: from === null, done: url.searchParams.get('done') } as const;
};

import { alarmsPage } from '#features/commerce/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const show = url.searchParams.get('show') === 'resolved' ? 'resolved' : 'open';
  const before = url.searchParams.get('before');
  return {
    ...(await alarmsPage(ctx, { show, before })),
    show,
    isFirstPage: before === null,
    timeZone: requirePerson(ctx).timeZone,
  } as const;
};

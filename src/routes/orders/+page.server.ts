import { ordersPage } from '#features/commerce/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const { timeZone, locale } = requirePerson(ctx);
  return { ...(await ordersPage(ctx, { before: url.searchParams.get('before') })), timeZone, locale };
};

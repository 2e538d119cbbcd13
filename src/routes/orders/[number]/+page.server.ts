import { orderPage } from '#features/commerce/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const { timeZone, locale } = requirePerson(ctx);
  return { ...(await orderPage(ctx, { number: params.number })), timeZone, locale };
};

import { adminOrders } from '#features/commerce/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const wish = (name: string) => url.searchParams.get(name);
  const page = await adminOrders(ctx, { search: wish('search'), status: wish('status'), from: wish('from') });
  const { timeZone, locale } = requirePerson(ctx);
  return { ...page, timeZone, locale };
};

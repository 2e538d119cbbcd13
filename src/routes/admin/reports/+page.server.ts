import { reportPage } from '#features/commerce/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const wish = (name: string) => url.searchParams.get(name);
  const report = await reportPage(ctx, { from: wish('from'), to: wish('to'), compare: wish('compare'), by: wish('by') });
  return { ...report, locale: requirePerson(ctx).locale };
};

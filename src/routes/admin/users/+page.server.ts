import { peopleList } from '#features/accounts/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const wish = (name: string) => url.searchParams.get(name);
  const page = await peopleList(ctx, { search: wish('search'), role: wish('role'), state: wish('state'), from: wish('from') });
  return { ...page, isFirstPage: wish('from') === null, timeZone: requirePerson(ctx).timeZone };
};

import { studioList } from '#features/authoring/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const wish = (name: string) => url.searchParams.get(name);
  const list = await studioList(ctx, { search: wish('q'), status: wish('status'), from: wish('from') });
  return { ...list, timeZone: requirePerson(ctx).timeZone };
};

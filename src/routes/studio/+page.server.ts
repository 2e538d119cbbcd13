import { studioList } from '#features/authoring/index.server.ts';
import { ownRoom } from '#features/media/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const wish = (name: string) => url.searchParams.get(name);
  const [list, room] = await Promise.all([
    studioList(ctx, { search: wish('q'), status: wish('status'), from: wish('from') }),
    ownRoom(ctx),
  ]);
  return { ...list, room, timeZone: requirePerson(ctx).timeZone };
};

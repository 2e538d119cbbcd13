import { addressOf, instructorPage } from '#features/catalogue/index.server.ts';
import { ownWishes } from '#features/commerce/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params: { username }, url }) => {
  const [instructor, wishes] = await Promise.all([instructorPage(ctx, { username, after: url.searchParams.get('after') }), ownWishes(ctx)]);
  return { canonical: addressOf(`/instructors/${username.toLowerCase()}`), instructor, wishes };
};

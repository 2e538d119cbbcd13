import { addressOf, homePage } from '#features/catalogue/index.server.ts';
import { ownWishes } from '#features/commerce/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => {
  const [home, wishes] = await Promise.all([homePage(ctx), ownWishes(ctx)]);
  return { ...home, wishes, canonical: addressOf('/') };
};

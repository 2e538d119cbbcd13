import { courseList } from '#features/catalogue/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const wish = (name: string) => url.searchParams.get(name) || null;
  const list = await courseList(locals.ctx, { level: wish('level'), category: wish('category'), after: wish('after') });
  return { ...list, isFirstPage: wish('after') === null };
};

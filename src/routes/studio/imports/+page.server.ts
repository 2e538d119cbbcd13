import { importsPage } from '#features/authoring/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const before = url.searchParams.get('before');
  return { ...(await importsPage(ctx, { before })), isFirstPage: before === null, timeZone: requirePerson(ctx).timeZone };
};

import { statementPage } from '#features/commerce/index.server.ts';
import { requirePerson } from '#platform/context.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const { locale, timeZone, username } = requirePerson(ctx);
  const before = url.searchParams.get('before');
  const page = await statementPage(ctx, { month: url.searchParams.get('month'), before });
  return { ...page, isFirstPage: before === null, locale, timeZone, link: username ? `${url.origin}/courses?via=${username}` : null };
};

import { addressOf, instructorPage } from '#features/catalogue/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  canonical: addressOf(`/instructors/${params.username.toLowerCase()}`),
  instructor: await instructorPage(locals.ctx, { username: params.username, after: url.searchParams.get('after') }),
});

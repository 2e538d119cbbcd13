import { redirect } from '@sveltejs/kit';
import { certificateCode, myCertificates } from '#features/learning/index.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const typed = url.searchParams.get('code');
  const code = typed && certificateCode(typed);
  if (code) redirect(303, `/certificates/${code}`);
  const mine = locals.ctx.actor.kind === 'person' ? await myCertificates(locals.ctx, { before: url.searchParams.get('before') }) : null;
  return { typed, mine };
};

import { redirect } from '@sveltejs/kit';
import { answerInvitation, ownInvitation } from '#features/catalogue/index.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  if (locals.ctx.actor.kind === 'guest') redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  return { invitation: await ownInvitation(locals.ctx, { id: params.id }) };
};

export const actions = {
  accept: async ({ locals, params }) => {
    const { courseSlug } = await answerInvitation(locals.ctx, { id: params.id, accepts: true });
    redirect(303, `/studio/courses/${courseSlug}/team`);
  },
  decline: async ({ locals, params }) => {
    await answerInvitation(locals.ctx, { id: params.id, accepts: false });
    redirect(303, '/dashboard');
  },
} satisfies Actions;

import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  // Whoever is signed in has an account.
  if (locals.ctx.actor.kind === 'person') redirect(303, '/');
};

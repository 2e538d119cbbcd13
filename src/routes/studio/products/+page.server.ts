import { redirect } from '@sveltejs/kit';
import { makeProduct, studioProducts } from '#features/commerce/index.server.ts';
import { refused, textOf } from '../../form-answers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => studioProducts(locals.ctx, { before: url.searchParams.get('before') });

export const actions = {
  make: async ({ locals, request }) => {
    const form = await request.formData();
    const values = { type: textOf(form, 'type'), name: textOf(form, 'name') };
    const made = await makeProduct(locals.ctx, values).catch((error: unknown) => refused(error, values));
    if (!('slug' in made)) return made;
    redirect(303, `/studio/products/${made.slug}`);
  },
} satisfies Actions;

import { redirect } from '@sveltejs/kit';
import { addWish, removeWish, wishlistPage } from '#features/commerce/index.server.ts';
import { localPath } from '#platform/http/local-path.ts';
import { refused, textOf } from '../form-answers.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
  wishlistPage(locals.ctx, { before: url.searchParams.get('before'), asked: url.searchParams.get('add') });

/** Does the deed with the course that the form names, and leads back to the page that it stands on. */
function deed(work: typeof addWish) {
  return async ({ locals, request }: RequestEvent) => {
    const form = await request.formData();
    const slug = textOf(form, 'slug');
    try {
      await work(locals.ctx, { slug });
    } catch (error) {
      return refused(error, { slug });
    }
    return redirect(303, localPath(String(form.get('returnTo') ?? '')) ?? '/wishlist');
  };
}

export const actions = {
  add: deed(addWish),
  remove: deed(removeWish),
} satisfies Actions;

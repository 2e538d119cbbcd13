import { redirect } from '@sveltejs/kit';
import { removeReview, replyToReview, reportReview, reviewsPage } from '#features/catalogue/index.server.ts';
import { ownReview, writeReview } from '#features/learning/index.server.ts';
import { refused, textOf } from '../../../form-answers.ts';
import { orMoved } from '../../../moved-course.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const after = url.searchParams.get('after');
  const shown = Promise.all([reviewsPage(locals.ctx, { slug: params.slug, after }), ownReview(locals.ctx, params)]);
  const [page, own] = await orMoved(locals.ctx, shown, params.slug, (slug) => `/courses/${slug}/reviews`);
  return { ...page, own, after };
};

/** Reads the form's fields, does the deed, and shows the reviews as they are then. A guest signs in first; a refusal says which form it was. */
function deed(form: string, names: readonly string[], work: (event: RequestEvent, values: Record<string, string>) => Promise<void>) {
  return async (event: RequestEvent) => {
    const here = `/courses/${event.params.slug}/reviews`;
    if (event.locals.ctx.actor.kind === 'guest') redirect(303, `/sign-in?next=${encodeURIComponent(here)}`);
    const after = event.url.searchParams.get('after');
    const sent = await event.request.formData();
    const values = Object.fromEntries(names.map((name) => [name, textOf(sent, name)]));
    try {
      await work(event, values);
    } catch (error) {
      return refused(error, { ...values, form });
    }
    return redirect(303, after ? `${here}?after=${encodeURIComponent(after)}` : here);
  };
}

export const actions = {
  write: deed('write', ['rating', 'text'], ({ locals, params }, { rating = '', text = '' }) =>
    writeReview(locals.ctx, { slug: params.slug, rating, text }),
  ),
  remove: deed('remove', [], ({ locals, params }) => removeReview(locals.ctx, params)),
  reply: deed('reply', ['reviewId', 'reply'], ({ locals, params }, { reviewId = '', reply = '' }) =>
    replyToReview(locals.ctx, { slug: params.slug, reviewId, reply }),
  ),
  report: deed('report', ['reviewId', 'reason', 'details'], ({ locals, params }, { reviewId = '', reason = '', details = '' }) =>
    reportReview(locals.ctx, { slug: params.slug, reviewId, reason, details }),
  ),
} satisfies Actions;

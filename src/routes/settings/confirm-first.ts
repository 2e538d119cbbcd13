import { redirect } from '@sveltejs/kit';
import { isFresh } from '#features/accounts/index.server.ts';
import type { Context } from '#platform/context.ts';

/** Leads to the page where one confirms who one is, and back, unless that has happened a short while ago. */
export function requireFreshProofOrConfirm(event: { locals: { ctx: Context }; url: URL }): void {
  const { actor, now } = event.locals.ctx;
  if (isFresh(actor, now)) return;
  // Of a form's action one comes back to its page.
  const search = event.url.search.startsWith('?/') ? '' : event.url.search;
  redirect(303, `/settings/confirm?next=${encodeURIComponent(event.url.pathname + search)}`);
}

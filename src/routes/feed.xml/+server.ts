import { courseFeed } from '#features/catalogue/index.server.ts';
import type { RequestHandler } from './$types';

/** The newest courses, for feed readers. */
export const GET: RequestHandler = async ({ locals }) =>
  new Response(await courseFeed(locals.ctx), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8', 'cache-control': 'public, max-age=600' },
  });

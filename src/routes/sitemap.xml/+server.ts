import { sitemap } from '#features/catalogue/index.server.ts';
import { soldPages } from '#features/commerce/index.server.ts';
import { textStream } from '#platform/http/text-stream.ts';
import type { RequestHandler } from './$types';

/** Every public page, sent while it is read. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const pieces = await sitemap(locals.ctx, { part: url.searchParams.get('part'), more: soldPages });
  return new Response(textStream(pieces), {
    headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' },
  });
};

import { sitemap } from '#features/catalogue/index.server.ts';
import type { RequestHandler } from './$types';

/** Every public page, sent while it is read. */
export const GET: RequestHandler = async ({ locals, url }) => {
  const pieces = await sitemap(locals.ctx, { part: url.searchParams.get('part') });
  const encoder = new TextEncoder();
  const xml = new ReadableStream({
    async pull(stream) {
      const { done, value } = await pieces.next();
      if (done) stream.close();
      else stream.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return new Response(xml, { headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'public, max-age=3600' } });
};

import { socialImage } from '#features/catalogue/index.server.ts';
import type { RequestHandler } from './$types';

/** The course's poster, which other sites show beside a link to it. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
  const { tag, png } = await socialImage(locals.ctx, params);
  const headers = new Headers({
    'content-type': 'image/png',
    'cache-control': 'public, max-age=3600',
    'cross-origin-resource-policy': 'cross-origin',
    etag: `"${tag}"`,
  });
  if (request.headers.get('if-none-match')?.includes(`"${tag}"`)) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(await png()), { headers });
};

import { calendarFeed } from '#features/learning/index.server.ts';
import type { RequestHandler } from './$types';

/** Somebody's dates for their calendar program. The address is the secret: nothing on the way may keep it. */
export const GET: RequestHandler = async ({ locals, params, request, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' });
  const { body, tag } = await calendarFeed(locals.ctx, { token: params.token });
  const etag = `"${tag}"`;
  const known = (request.headers.get('if-none-match') ?? '').split(/\s*,\s*/).map((one) => one.replace(/^W\//, ''));
  if (known.includes(etag)) return new Response(null, { status: 304, headers: { etag } });
  return new Response(body, {
    headers: { 'content-type': 'text/calendar; charset=utf-8', 'content-disposition': 'inline; filename="lyceum.ics"', etag },
  });
};

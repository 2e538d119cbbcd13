import { beginPart } from '#features/learning/index.server.ts';
import { playerPage } from '#features/packages/index.server.ts';
import { packagesPlace } from '../../../packages-place.ts';
import type { RequestHandler } from './$types';

/** The document around a part of a package: `?part=2` is the third. */
export const GET: RequestHandler = async (event) => {
  const { school, headers } = packagesPlace(event);
  const asked = event.url.searchParams.get('part') ?? '0';
  const place = /^\d{1,3}$/.test(asked) ? Number(asked) : 0;
  const begin = await beginPart(event.locals.ctx, { seal: event.params.seal, place });
  headers.set('content-type', 'text/html; charset=utf-8');
  headers.set('cache-control', 'no-store');
  return new Response(playerPage({ ...begin, school }), { headers });
};

import { error } from '@sveltejs/kit';
import { playerScript } from '#features/packages/index.server.ts';
import { packagesPlace } from '../../../packages-place.ts';
import type { RequestHandler } from './$types';

/** The player's own scripts. */
export const GET: RequestHandler = (event) => {
  const { headers } = packagesPlace(event);
  const script = playerScript(`${event.params.script}.js`);
  if (script === undefined) error(404, 'There is no such script.');
  headers.set('content-type', 'text/javascript; charset=utf-8');
  headers.set('cache-control', 'private, max-age=3600');
  return new Response(script, { headers });
};

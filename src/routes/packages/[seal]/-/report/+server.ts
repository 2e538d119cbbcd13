import { json } from '@sveltejs/kit';
import { reportPart } from '#features/learning/index.server.ts';
import { packagesPlace } from '../../../packages-place.ts';
import type { RequestHandler } from './$types';

/** Takes what a player reports. The seal of the address says whose it is. */
export const POST: RequestHandler = async (event) => {
  packagesPlace(event);
  const report = await event.request.json().catch(() => ({}));
  return json(await reportPart(event.locals.ctx, { seal: event.params.seal, report }));
};

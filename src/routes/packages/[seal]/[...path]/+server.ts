import { error } from '@sveltejs/kit';
import { openPackageFile } from '#features/packages/index.server.ts';
import { rangedAnswer } from '#platform/http/ranged-answer.ts';
import { packagesPlace } from '../../packages-place.ts';
import type { RequestHandler } from './$types';

/** Hands out a file of a package, by range where asked. */
export const GET: RequestHandler = async (event) => {
  const { headers } = packagesPlace(event);
  const { locals, params, request } = event;
  // A worker that answers for its folder would outlive the seal of its address.
  if (request.headers.has('service-worker')) error(404, 'Packages have no service workers.');
  const file = await openPackageFile(locals.ctx, { seal: params.seal, path: params.path });
  headers.set('content-type', file.contentType);
  headers.set('cache-control', 'private, max-age=3600');
  return rangedAnswer(request, file, headers);
};

import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import { openPackageFile } from '#features/packages/index.server.ts';
import { byteRange } from '#platform/http/byte-range.ts';
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
  headers.set('accept-ranges', 'bytes');
  headers.set('etag', `"${file.tag}"`);
  if (request.headers.get('if-none-match')?.includes(`"${file.tag}"`)) return new Response(null, { status: 304, headers });
  const isSame = (request.headers.get('if-range') ?? `"${file.tag}"`) === `"${file.tag}"`;
  const range = byteRange(isSame ? request.headers.get('range') : null, file.sizeBytes);
  if (range.kind === 'unsatisfiable') {
    headers.set('content-range', `bytes */${file.sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: file.sizeBytes - 1 };
  headers.set('content-length', String(end - start + 1));
  if (range.kind === 'part') headers.set('content-range', `bytes ${start}-${end}/${file.sizeBytes}`);
  const isEmpty = file.sizeBytes === 0 || request.method === 'HEAD';
  const body = isEmpty ? null : (Readable.toWeb(file.read({ start, end })) as ReadableStream<Uint8Array>);
  return new Response(body, { status: range.kind === 'part' ? 206 : 200, headers });
};

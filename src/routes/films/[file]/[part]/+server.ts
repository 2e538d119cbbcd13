import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { json } from '@sveltejs/kit';
import { type FilmPart, openFilmPart } from '#features/media/index.server.ts';
import { byteRange } from '#platform/http/byte-range.ts';
import type { RequestHandler } from './$types';

/** Hands out what a film is played from: the list of its sizes, the list of a size's pieces, and their bytes by range. */
export const GET: RequestHandler = async ({ locals, params, url, request }) => {
  const { searchParams } = url;
  const part = await openFilmPart(locals.ctx, {
    fileId: params.file,
    part: params.part,
    until: searchParams.get('until'),
    seal: searchParams.get('seal'),
  });
  if (part.kind === 'work') return json(part.work, { headers: { 'cache-control': 'no-store' } });
  return part.kind === 'playlist' ? playlist(part.text, request) : bytes(part, request);
};

const shared = { 'content-security-policy': "sandbox; default-src 'none'", 'cache-control': 'private, max-age=3600' };

/** The list of a long film says much the same a thousand times. */
function playlist(text: string, { headers: asked }: Request): Response {
  const headers = new Headers({ ...shared, 'content-type': 'application/vnd.apple.mpegurl', vary: 'accept-encoding' });
  if (text.length < 1500 || !/\bgzip\b/.test(asked.get('accept-encoding') ?? '')) return new Response(text, { headers });
  headers.set('content-encoding', 'gzip');
  return new Response(gzipSync(text), { headers });
}

function bytes(part: FilmPart & { kind: 'bytes' }, request: Request): Response {
  const headers = new Headers({ ...shared, 'content-type': 'video/mp4', 'accept-ranges': 'bytes', etag: `"${part.tag}"` });
  const range = byteRange(request.headers.get('range'), part.sizeBytes);
  if (range.kind === 'unsatisfiable') {
    headers.set('content-range', `bytes */${part.sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: part.sizeBytes - 1 };
  headers.set('content-length', String(end - start + 1));
  if (range.kind === 'part') headers.set('content-range', `bytes ${start}-${end}/${part.sizeBytes}`);
  const body = request.method === 'HEAD' ? null : (Readable.toWeb(part.read({ start, end })) as ReadableStream<Uint8Array>);
  return new Response(body, { status: range.kind === 'part' ? 206 : 200, headers });
}

import { gzipSync } from 'node:zlib';
import { json } from '@sveltejs/kit';
import { openFilmPart } from '#features/media/index.server.ts';
import { rangedAnswer } from '#platform/http/ranged-answer.ts';
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
  if (part.kind === 'playlist') return playlist(part.text, request);
  return rangedAnswer(request, part, new Headers({ ...shared, 'content-type': 'video/mp4' }));
};

const shared = { 'content-security-policy': "sandbox; default-src 'none'", 'cache-control': 'private, max-age=3600' };

/** The list of a long film says much the same a thousand times. */
function playlist(text: string, { headers: asked }: Request): Response {
  const headers = new Headers({ ...shared, 'content-type': 'application/vnd.apple.mpegurl', vary: 'accept-encoding' });
  if (text.length < 1500 || !/\bgzip\b/.test(asked.get('accept-encoding') ?? '')) return new Response(text, { headers });
  headers.set('content-encoding', 'gzip');
  return new Response(gzipSync(text), { headers });
}

import { Readable } from 'node:stream';
import { openFile } from '#features/media/index.server.ts';
import { byteRange } from '#platform/http/byte-range.ts';
import type { RequestHandler } from './$types';

/** Types that a page may show inside itself; anything else is saved, and these too where a link says `download`. */
const shown = /^(image\/(webp|png|jpeg|gif|avif)|video\/(mp4|webm|quicktime)|audio\/[\w.+-]+|text\/vtt)$/;

/** Hands out a stored file, by range where asked, with nothing in it that could run in the school's origin. */
export const GET: RequestHandler = async ({ locals, params, url, request }) => {
  const isDownload = url.searchParams.has('download');
  const file = await openFile(locals.ctx, {
    key: params.key,
    until: url.searchParams.get('until'),
    seal: url.searchParams.get('seal'),
    // Who saves a picture gets the bytes that its name promises.
    readsAvif: !isDownload && (request.headers.get('accept') ?? '').includes('image/avif'),
  });
  const isShown = shown.test(file.contentType) && !isDownload;
  const headers = new Headers({
    'content-type': file.contentType.startsWith('text/') ? `${file.contentType}; charset=utf-8` : file.contentType,
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(file.name)}`,
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': file.isPublic ? 'public, max-age=31536000, immutable' : 'private, max-age=3600',
    'accept-ranges': 'bytes',
    etag: `"${file.tag}"`,
  });
  if (file.isChosen) headers.set('vary', 'accept');
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
  // The web stream's own cancelling destroys the reading when the visitor leaves.
  const body = isEmpty ? null : (Readable.toWeb(file.read({ start, end })) as ReadableStream<Uint8Array>);
  return new Response(body, { status: range.kind === 'part' ? 206 : 200, headers });
};

/** A name as RFC 8187 wants it in a header. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

import { openFile } from '#features/media/index.server.ts';
import { rangedAnswer } from '#platform/http/ranged-answer.ts';
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
  });
  if (file.isChosen) headers.set('vary', 'accept');
  return rangedAnswer(request, file, headers);
};

/** A name as RFC 8187 wants it in a header. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

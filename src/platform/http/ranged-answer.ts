import { Readable } from 'node:stream';
import { byteRange } from './byte-range.ts';

/** Bytes that can be handed out from any place to any other, both ends included. */
interface Ranged {
  sizeBytes: number;
  /** Changes when the bytes do. */
  tag: string;
  read(range: { start: number; end: number }): Readable;
}

/** Hands out bytes: all of them, the part that was asked for, or the word that the asker has them already. Adds to the headers what says so. */
export function rangedAnswer(request: Request, bytes: Ranged, headers: Headers): Response {
  const { sizeBytes, tag } = bytes;
  const etag = `"${tag}"`;
  headers.set('accept-ranges', 'bytes');
  headers.set('etag', etag);
  if (request.headers.get('if-none-match')?.includes(etag)) return new Response(null, { status: 304, headers });
  // A part of other bytes than the asker has the rest of is of no use to them: they get the whole.
  const isSame = (request.headers.get('if-range') ?? etag) === etag;
  const range = byteRange(isSame ? request.headers.get('range') : null, sizeBytes);
  if (range.kind === 'unsatisfiable') {
    headers.set('content-range', `bytes */${sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: sizeBytes - 1 };
  headers.set('content-length', String(end - start + 1));
  if (range.kind === 'part') headers.set('content-range', `bytes ${start}-${end}/${sizeBytes}`);
  const isEmpty = sizeBytes === 0 || request.method === 'HEAD';
  // The web stream's own cancelling destroys the reading when the visitor leaves.
  const body = isEmpty ? null : (Readable.toWeb(bytes.read({ start, end })) as ReadableStream<Uint8Array>);
  return new Response(body, { status: range.kind === 'part' ? 206 : 200, headers });
}

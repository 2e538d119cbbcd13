import { Readable } from 'node:stream';
import { openArchive } from '#features/accounts/index.server.ts';
import type { RequestHandler } from './$types';

/** Hands the archive of their data to its owner. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const archive = await openArchive(locals.ctx, { id: params.id });
  const headers = {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="${archive.name}"`,
    'content-length': String(archive.sizeBytes),
    'cache-control': 'private, no-store',
  };
  return new Response(Readable.toWeb(archive.read({ start: 0, end: archive.sizeBytes - 1 })) as ReadableStream<Uint8Array>, { headers });
};
